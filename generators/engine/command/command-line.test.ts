import { describe, expect, test } from 'vitest';
import { choice, flag, integer, list, text } from '../answers/options.ts';
import { Failure } from '../failure.ts';
import { defineGenerator } from '../generator.ts';
import { readCommandLine } from './command-line.ts';

const service = defineGenerator({
  name: 'service',
  description: 'A service',
  options: {
    name: text({ description: 'Name', positional: true }),
    description: text({ description: 'What for' }),
    database: choice({ description: 'Database', choices: ['postgres', 'none'] }),
    upstream: list({ description: 'Upstream' }),
    port: integer({ description: 'Port', minimum: 1, maximum: 9 }),
    poolSize: integer({ description: 'Pool', minimum: 1, maximum: 9 }),
    verbose: flag({ description: 'Verbose' }),
  },
  model: () => ({ folder: 'x', layers: [] }),
  nextSteps: () => [],
});
const library = { ...service, name: 'library' };

const read = (...args: string[]) => readCommandLine(args, [service, library]);
const given = (...args: string[]) => Object.fromEntries(read('service', ...args).given);

function refusal(...args: string[]): string {
  try {
    read(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).exitCode).toBe(2);
    return (error as Failure).message;
  }
  throw new Error(`${args.join(' ')} was accepted`);
}

describe('where things may stand', () => {
  test('the generator and its name by position', () => {
    expect(read('service', 'orders').generator).toBe(service);
    expect(given('orders')).toEqual({ name: 'orders' });
  });

  test.each([
    [['orders', '--port', '3', '--yes']],
    [['--port=3', 'orders', '--yes']],
    [['--', 'orders', '--port', '3', '--yes']],
    [['--yes', '--', '--name', 'orders', '--port=3']],
    [['--port', '3', '--', '--name=orders', '-y']],
  ])('flags and values in any order, before and after --: %j', (args) => {
    const invocation = read('service', ...args);
    expect(Object.fromEntries(invocation.given)).toEqual({ name: 'orders', port: 3 });
    expect(invocation.yes).toBe(true);
  });

  test('flags of every generator also before its name', () => {
    const invocation = read('--json', '--answers', 'x.json', 'service', '--dry-run', '--no-install');
    expect(invocation).toMatchObject({ json: true, answersFile: 'x.json', dryRun: true, install: false, yes: false });
    expect(invocation.generator).toBe(service);
  });

  test('nothing at all', () => {
    expect(read()).toMatchObject({ generator: undefined, install: true, help: false, json: false });
  });

  test.each([[['help']], [['--help']], [['-h']], [['service', '--help']], [['service', 'x', '-h']]])(
    'help: %j',
    (args) => {
      expect(read(...args).help).toBe(true);
    },
  );

  test("Plop's own flags for the plopfile, which it has obeyed by now", () => {
    expect(read('--plopfile', 'x/plopfile.ts', 'service', '--cwd=y', 'orders').given).toEqual(
      new Map([['name', 'orders']]),
    );
  });
});

describe('values', () => {
  test('a list takes each use of its flag', () => {
    expect(given('--upstream', 'rates', '--upstream=stock')).toEqual({ upstream: ['rates', 'stock'] });
  });

  test('a flag is yes or no', () => {
    expect(given('--verbose')).toEqual({ verbose: true });
    expect(given('--no-verbose')).toEqual({ verbose: false });
  });

  test('an option in camelCase is a flag in kebab-case', () => {
    expect(given('--pool-size', '4')).toEqual({ poolSize: 4 });
  });

  test('what is not a number stays as it was typed, for the check to quote', () => {
    expect(given('--port', '3x')).toEqual({ port: '3x' });
    expect(given('--port', '-1')).toEqual({ port: -1 });
  });

  test('empty strings, equals signs and dashes survive', () => {
    expect(given('--description', '')).toEqual({ description: '' });
    expect(given('--description=a=b')).toEqual({ description: 'a=b' });
    expect(given('--description=--x')).toEqual({ description: '--x' });
    expect(given('--description', '- a list')).toEqual({ description: '- a list' });
  });
});

describe('what is refused', () => {
  test.each([
    [['servce'], 'There is no generator "servce"; did you mean service?'],
    [['zebra'], 'There is no generator "zebra"'],
    [['service', '--nmae', 'x'], '--nmae is not an option of service; did you mean --name?'],
    [['service', '--databse', 'x'], '--databse is not an option of service; did you mean --database?'],
    [['service', '--dryrun'], '--dryrun is not an option of service; did you mean --dry-run?'],
    [['service', '--dest', 'x'], '--dest is not an option of service'],
    [['service', '-f'], '-f is not an option of service'],
    [['--port', '3', 'service'], '--port is not a flag of plop here'],
    [['--jsno'], '--jsno is not a flag of plop here; did you mean --json?'],
    [['service', 'a', 'b'], '"b" is one argument too many for service'],
    [['service', 'a', '--name', 'b'], '--name is given twice'],
    [['service', '--port', '1', '--port', '2'], '--port is given twice'],
    [['service', '--verbose', '--no-verbose'], '--verbose is given twice'],
    [['service', '--port'], '--port needs a value'],
    [['service', '--description', '--yes'], '--description needs a value'],
    [['service', '--yes=no'], '--yes takes no value, but was given "no"'],
    [['service', '--verbose=1'], '--verbose takes no value, but was given "1"'],
    [['service', '--answers'], '--answers needs a value'],
    [['service', '--__proto__', 'x'], '--__proto__ is not an option of service'],
    [['constructor'], 'There is no generator "constructor"'],
  ])('%j', (args, sentence) => {
    expect(refusal(...args)).toBe(sentence);
  });
});
