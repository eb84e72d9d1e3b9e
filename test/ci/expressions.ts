import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { reviver } from '@actions/expressions/data/reviver';

/** The contexts of a workflow's expressions: `github`, `needs`, `matrix` and so on, as plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Whether a job or step is to run: an `if` that asks for no status of its own has an implied `success()`. */
export function isToRun(condition: string | undefined, contexts: Contexts, succeeded: boolean): boolean {
  const text = (condition ?? 'success()').replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  const asks = /\b(success|always|failure|cancelled)\(\)/.test(text);
  return (asks || succeeded) && truthy(evaluate(text, contexts, succeeded));
}

/** A string of the workflow with its expressions evaluated, by GitHub's own evaluator; a list or mapping as it is. */
export function expand(text: string, contexts: Contexts): unknown {
  const whole = /^\$\{\{((?:(?!\}\})[\s\S])*)\}\}$/.exec(text)?.[1];
  if (whole !== undefined) {
    return plain(evaluate(whole, contexts, true));
  }
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, inner: string) => evaluate(inner, contexts, true).coerceString());
}

function evaluate(text: string, contexts: Contexts, succeeded: boolean) {
  const status = Object.entries({ success: succeeded, always: true, failure: !succeeded, cancelled: false }).map(
    ([name, value]) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }),
  );
  const { tokens } = new Lexer(text.trim()).lex();
  const expression = new Parser(tokens, Object.keys(contexts), status).parse();
  const dictionary = JSON.parse(JSON.stringify(contexts), reviver) as data.Dictionary;
  return new Evaluator(expression, dictionary, new Map(status.map((one) => [one.name, one]))).evaluate();
}

function truthy(value: data.ExpressionData): boolean {
  return !['', 'false', '0'].includes(value.coerceString());
}

function plain(value: data.ExpressionData): unknown {
  return value instanceof data.Array || value instanceof data.Dictionary
    ? JSON.parse(JSON.stringify(value, data.replacer))
    : value.coerceString();
}
