/** The tools that every repository has, by their folders in packages/. */
export const TOOLS = ['guards', 'openapi', 'testkit', 'generators', 'standard', 'ci'];
