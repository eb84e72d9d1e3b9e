export * from '@splitlevel/generators/team';
