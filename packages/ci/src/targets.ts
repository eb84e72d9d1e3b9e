/** What every push runs: no server, no waiting. */
export const quickTargets = ['lint', 'typecheck', 'unit'] as const;
/** What runs on real servers. */
export const integrationTarget = 'integration';
