import { describe, expect, test } from 'vitest';
import { checkEntityName } from '../engine/answers/names.ts';
import { defaultEntity } from './default-entity.ts';

describe('a service is about', () => {
  test.each([
    ['orders', 'order'],
    ['categories', 'category'],
    ['addresses', 'address'],
    ['people', 'person'],
    ['order-lines', 'order-line'],
  ])('the singular of its name: %s, %s', (service, entity) => {
    expect(defaultEntity(service)).toBe(entity);
  });

  test.each(['pricing', 'fleet', 'status', 'address', 'order-2'])('its name, where that is none: %s', (service) => {
    expect(defaultEntity(service)).toBe(service);
  });

  test.each([
    ['order-service', 'order'],
    ['orders-api', 'order'],
  ])('what it serves: %s, %s', (service, entity) => {
    expect(defaultEntity(service)).toBe(entity);
  });

  test.each([
    ['news', 'news-item'],
    ['series', 'series-item'],
    ['sheep', 'sheep-item'],
    ['fs', 'fs-item'],
    ['class', 'class-item'],
    ['errors', 'error-item'],
    ['databases', 'database-item'],
    ['services', 'service-item'],
    ['none', 'none-item'],
  ])('an item of it, where the word cannot be used: %s, %s', (service, entity) => {
    expect(defaultEntity(service)).toBe(entity);
  });

  test.each(['pg-stats', `${'long-'.repeat(7)}sheep`])('an item, where that is none either: %s', (service) => {
    expect(defaultEntity(service)).toBe('item');
    expect(checkEntityName('item')).toBeUndefined();
  });
});
