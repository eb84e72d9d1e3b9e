import { type Ask, problemOf } from './answers.ts';
import type { Option } from './options.ts';

/** The part of Inquirer that Plop hands to a plopfile and that is used here. */
export interface Inquirer {
  prompt(questions: readonly object[]): Promise<Record<string, unknown>>;
}

/** Asks by Inquirer, as Plop hands it in. */
export function askWith(inquirer: Inquirer): Ask {
  return async (_name, option, standard, context) => {
    const { answer } = await inquirer.prompt([
      {
        name: 'answer',
        type: TYPES[option.kind],
        message: option.question ?? option.description,
        default: suggestion(standard),
        choices: option.choices,
        validate: (typed: unknown) => problemOf(option, read(option, typed), context) ?? true,
      },
    ]);
    return read(option, answer);
  };
}

/** Asks which generator to run. */
export async function askForGenerator(
  inquirer: Inquirer,
  generators: readonly { name: string; description: string }[],
): Promise<string> {
  const choices = generators.map(({ name, description }) => ({ value: name, name: `${name} - ${description}` }));
  const { answer } = await inquirer.prompt([{ name: 'answer', type: 'list', message: 'Which generator?', choices }]);
  return answer as string;
}

const TYPES = { text: 'input', choice: 'list', flag: 'confirm', integer: 'input', list: 'input' } as const;

/** How a default is shown; an empty one is not. */
function suggestion(standard: unknown): unknown {
  const shown = Array.isArray(standard) ? standard.join(', ') : standard;
  return shown === '' ? undefined : shown;
}

function read(option: Option, typed: unknown): unknown {
  if (typeof typed !== 'string') {
    return typed;
  }
  if (option.kind === 'list') {
    // Not at those in parentheses, as in numeric(12,2).
    return typed
      .split(/,(?![^(]*\))/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  return option.kind === 'integer' && /^-?\d+$/.test(typed) ? Number(typed) : typed;
}
