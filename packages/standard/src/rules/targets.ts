import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../finding.ts';
import { rootName } from '../owner.ts';
import type { Package, Repository, TargetDefault, Task } from '../repository.ts';
import { excuseOf, excuseOfScript } from './excuses.ts';

export const CHECKED = ['lint', 'typecheck', 'unit', 'integration'] as const;

export const targets: Rule = {
  name: 'targets',
  asks: 'both suites are there, and run what nx.json says',
  check: (repository) => {
    const { packages, tasks } = repository;
    const workspace = rootName(packages);
    const unresolved = {
      package: workspace,
      what: `Nx cannot resolve the targets, so that nothing can be told of them: ${tasks.problem}`,
      todo: 'Run npx nx show projects, and mend what it says.',
    };
    const found = packages.flatMap((each) =>
      (each.folder === '.'
        ? [...ofTheRoot(each, repository), ...scripts(each)]
        : [...missing(each), ...withoutTests(each), ...overridden(each, repository)]
      ).map((finding) => ({ package: each.name, ...finding })),
    );
    return tasks.problem === undefined ? found : [unresolved, ...found];
  },
};

function missing({ folder, manifest, files }: Package) {
  const present = manifest.nx?.targets ?? {};
  // A service has both; a library of pure logic need not.
  const needsIntegration = 'dev' in present || files.some((path) => /^(integration|migrations)\//.test(path));
  // One whose tests all need servers has no unit suite.
  const needsUnit = files.some(isUnitTest) || !files.some(isIntegrationTest);
  const wanted = ['lint', 'typecheck', ...(needsUnit ? ['unit'] : []), ...(needsIntegration ? ['integration'] : [])];
  return wanted
    .filter((target) => present[target] === undefined)
    .map((target) => ({
      what: `${folder}/package.json has no target ${target}`,
      todo: `Add "${target}": {} to its nx.targets; nx.json says the rest.`,
    }));
}

function isUnitTest(path: string): boolean {
  return /^src\/.*\.test\.ts$/.test(path);
}

function isIntegrationTest(path: string): boolean {
  return /^integration\/.*\.test\.ts$/.test(path);
}

function withoutTests({ folder, manifest, files }: Package) {
  return (
    [
      ['unit', 'src', isUnitTest],
      ['integration', 'integration', isIntegrationTest],
    ] as const
  ).flatMap(([suite, place, isTest]) => {
    const has = files.some(isTest);
    return manifest.nx?.targets?.[suite] === undefined || has
      ? []
      : [
          {
            what: `${folder} has the target ${suite}, and no test for it`,
            todo: `Write one in ${folder}/${place}/, or take the target out of its package.json.`,
          },
        ];
  });
}

/** Compares the targets of a package as Nx resolves them with those of nx.json alone. */
function overridden({ name, folder, files, manifest }: Package, { tasks, nx }: Repository) {
  const own = files.includes('project.json') ? 'project.json' : 'package.json';
  return CHECKED.flatMap((target) => {
    const task = tasks.value?.tasks[`${name}:${target}`];
    const byDefault = nx.targetDefaults?.[target];
    // One that is missing has its own finding, and so has an nx.json without the target.
    if (task === undefined || byDefault === undefined) {
      return [];
    }
    const script = manifest.scripts?.[target];
    const place = `${folder}/${script === undefined ? own : 'package.json'}`;
    const wanted = taskOf(byDefault, name, folder);
    const runs = commandOf(task, script);
    const todo =
      script === undefined
        ? `Make its entry "${target}": {}, so that nx.json's applies.`
        : `Rename the script ${target}, which takes the place of the target.`;
    if (runs !== commandOf(wanted)) {
      const excuse = excuseOf(runs);
      const what = `${place}: the target ${target} runs \`${runs}\` in place of nx.json's \`${commandOf(wanted)}\``;
      return [{ what: excuse === undefined ? what : `${what}: it ${excuse}`, todo }];
    }
    return (['executor', 'options', 'outputs', 'dependsOn'] as const)
      .filter((key) => !isDeepStrictEqual(task[key], wanted[key]))
      .map((key) => ({ what: `${place}: the target ${target} has other ${key} than nx.json's`, todo }));
  });
}

function taskOf(byDefault: TargetDefault, name: string, folder: string): Task {
  const { command, executor = 'nx:run-commands', options, outputs = [], dependsOn = [] } = byDefault;
  const text = JSON.stringify({ ...options, ...(command === undefined ? {} : { command }) });
  const named = text.replaceAll('{projectRoot}', folder).replaceAll('{projectName}', name);
  const none = { cache: true, files: [], external: [], runtime: [] };
  return { executor, options: JSON.parse(named) as Task['options'], outputs, dependsOn, ...none };
}

/** The command of a task, or what stands for it. */
function commandOf({ executor, options }: Pick<Task, 'executor' | 'options'>, script?: string): string {
  if (executor === 'nx:run-script') {
    return script ?? `npm run ${String(options.script)}`;
  }
  if (executor === 'nx:noop') {
    return '';
  }
  const { command, commands } = options as { command?: unknown; commands?: readonly unknown[] };
  if (typeof command === 'string') {
    return command;
  }
  const several = (commands ?? []).map((each) =>
    typeof each === 'string' ? each : String((each as { command?: unknown }).command),
  );
  return commands === undefined ? executor : several.join(' && ');
}

/** The targets of the root are its own commands: they must fail where something is broken. */
function ofTheRoot({ name, manifest }: Package, { tasks, nx }: Repository) {
  const defaults = Object.entries(nx.targetDefaults ?? {})
    .filter(([target]) => (CHECKED as readonly string[]).includes(target))
    .map(([target, each]) => [`nx.json: the target ${target}`, commandOf(taskOf(each, '', ''))] as const);
  const own = Object.keys(manifest.nx?.targets ?? {}).map((target) => {
    const task = tasks.value?.tasks[`${name}:${target}`];
    return [`package.json: the target ${target}`, task === undefined ? 'unknown' : commandOf(task)] as const;
  });
  const gone = CHECKED.filter((target) => nx.targetDefaults?.[target] === undefined).map((target) => ({
    what: `nx.json says nothing of the target ${target}`,
    todo: `Put targetDefaults.${target} back.`,
  }));
  const excused = [...defaults, ...own].flatMap(([place, command]) => {
    // The root's suites are run in parts, and beside its packages a new repository has no tests yet.
    const ownCommand = command.replaceAll(/--exclude \S+|--passWithNoTests/g, '');
    const excuse = excuseOf(place.startsWith('package.json') ? ownCommand : command);
    return excuse === undefined
      ? []
      : [{ what: `${place} ${excuse}: \`${command}\``, todo: 'Let it fail where something is broken.' }];
  });
  return [...gone, ...excused];
}

/** The scripts that developers and CI call. */
function scripts({ manifest }: Package) {
  const { test = '', ci = '', standard = '' } = manifest.scripts ?? {};
  const left = CHECKED.filter((target) => !new RegExp(`\\s${target}(\\s|,|$)|,${target}\\b`).test(test));
  const excused = Object.entries({ test, ci, standard }).flatMap(([name, command]) => {
    const narrowed =
      name === 'test' && /--exclude\b|--projects?\b|(^|\s)-p\s/.test(command) ? 'leaves packages out' : undefined;
    const excuse = command === '' ? undefined : (narrowed ?? excuseOfScript(command));
    return excuse === undefined
      ? []
      : [
          {
            what: `package.json: the script ${name} ${excuse}: \`${command}\``,
            todo: 'Let it run everything, and fail where something is broken.',
          },
        ];
  });
  const absent = Object.entries({ test, ci, standard })
    .filter(([, command]) => command === '')
    .map(([name]) => ({ what: `package.json has no script ${name}`, todo: 'Put it back; developers and CI call it.' }));
  const partial = {
    what: `package.json: the script test does not run ${left.join(', ')}`,
    todo: 'Name all four targets after -t.',
  };
  return [...absent, ...excused, ...(test !== '' && left.length > 0 ? [partial] : [])];
}
