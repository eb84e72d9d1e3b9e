/** The targets of every push: no server, no waiting. */
export const quickTargets = ['lint', 'typecheck', 'unit'] as const;
/** The targets that need real servers. */
export const integrationTarget = 'integration';
