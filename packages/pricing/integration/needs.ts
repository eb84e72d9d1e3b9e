import { postgres, upstream } from '@splitlevel/testkit/needs';
import { migrate } from '../src/migrate.ts';

/** The servers and upstreams that this package runs against, in its tests and in `nx dev`. */
export const needs = {
  database: postgres({ migrate }),
  exchangeRates: upstream('exchange-rates'),
};
