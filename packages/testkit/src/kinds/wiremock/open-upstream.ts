import { randomBytes } from 'node:crypto';
import { callerOf } from '@splitlevel/guards/caller';
import type { Stub, StubMapping } from '@splitlevel/openapi';
import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { FaultWatch } from '../shared/faults/fault-watch.ts';
import type { WiremockAdmin } from './admin.ts';
import { startFault } from './faults.ts';
import type { SeenRequest } from './requests/compare.ts';
import { recordRequests } from './requests/record-requests.ts';
import { reportStray, reportUnmatched } from './requests/report.ts';
import { verify } from './requests/verify.ts';
import { StubBuilder } from './stubs/builder.ts';
import { checkMapping } from './stubs/check-mapping.ts';
import { withoutPrefix } from './stubs/prefix-mapping.ts';
import { Tenant } from './tenant.ts';
import type { Fault, FaultName, FaultOptions, Upstream, UpstreamRequest } from './upstream.ts';
import { UpstreamProxy } from './upstream-proxy.ts';

/** The arguments to open an upstream. */
export interface UpstreamOptions {
  readonly admin: WiremockAdmin;
  /** The upstream's name, for messages. */
  readonly name: string;
  /** The test's name, for messages. */
  readonly test: string;
  readonly stubs: readonly Stub[];
}

/** An upstream of one test, and what the testkit does with it. */
export interface OpenUpstream {
  readonly upstream: Upstream;
  /**
   * Ends the upstream with its test, and verifies how it was used.
   * @param evidence Receives the requests of the test.
   * @throws {Error} when requests matched no stub, or stubs were not asked as promised
   */
  verify(evidence?: FixtureEvidence): Promise<void>;
  /**
   * Takes stubs in place of all that it has.
   * @throws {Error} when WireMock refuses one; then those that it has stay
   */
  reload(stubs: readonly Stub[]): Promise<void>;
  /** The reports of requests since the last call that no stub matched, or that lost the path of the base URL. */
  takeReports(): Promise<string[]>;
  /** Requests that came after the end, as `GET /rates/EUR`. */
  lateRequests(): string[];
  /** Stops to listen. Without `verify` before it, also takes the stubs away. */
  close(): Promise<void>;
}

/** Opens an upstream for one test: a tenant of the shared WireMock, behind a proxy of its own. */
export async function openUpstream({ admin, name, test, stubs }: UpstreamOptions): Promise<OpenUpstream> {
  const tenant = new Tenant(admin, randomBytes(8).toString('hex'));
  const proxy = new UpstreamProxy(admin.url);
  await proxy.up();
  await tenant.open(stubs, proxy.port).catch(async (error: unknown) => {
    await proxy.close();
    throw error;
  });
  const watch = new FaultWatch(proxy);
  const url = proxy.through(`http://127.0.0.1${tenant.prefix}`);
  const stub = async (given: StubBuilder | StubMapping): Promise<void> => {
    const mapping = given instanceof StubBuilder ? given.mapping : given;
    const source = `stub() at ${callerOf(stub).frame ?? 'an unknown place'}`;
    checkMapping(mapping, source);
    if (mapping.response.bodyFileName !== undefined) {
      throw new Error(`${source}: "bodyFileName" is for mapping files; give the body itself.`);
    }
    await tenant.add({ mapping, source });
  };
  const upstream: Upstream = {
    name,
    url,
    stub,
    fault: (fault: FaultName, options?: FaultOptions): Promise<Fault> =>
      startFault(fault, options ?? {}, { tenant, proxy, watch, name }),
    requests: async () => (await tenant.requests(proxy.isLarge)).map(describe),
  };
  let verified = false;
  return {
    upstream,
    reload: (changed) => tenant.replace(changed),
    takeReports: async () => {
      const { unmatched, stray } = await tenant.takeRequestLog(proxy.isLarge);
      return [
        ...(stray.length > 0 ? [reportStray(name, stray, url)] : []),
        ...(unmatched.length > 0 ? [reportUnmatched(name, unmatched, tenant.stubs)] : []),
      ];
    },
    lateRequests: () => proxy.late.map(({ method, url: late }) => `${method} ${withoutPrefix(late, tenant.id)}`),
    close: async () => {
      await proxy.close();
      if (!verified) {
        await tenant.close(proxy.isLarge);
      }
    },
    verify: async (evidence) => {
      verified = true;
      const unmet = watch.unmet();
      await proxy.end(`The test "${test}" that this upstream belonged to has ended.\n`);
      const requestLog = await tenant.close(proxy.isLarge);
      if (evidence) {
        recordRequests(requestLog, evidence);
      }
      await verify({ name, url, requestLog, unmet, admin, problem: proxy.problem });
    },
  };
}

function describe(request: SeenRequest): UpstreamRequest {
  const { pathname, searchParams } = new URL(`http://upstream${request.url}`);
  return {
    ...request,
    path: pathname,
    query: Object.fromEntries(searchParams),
    json: () => JSON.parse(request.body) as unknown,
  };
}
