export { default } from 'splitlevel/plop';
