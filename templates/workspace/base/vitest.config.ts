import { splitlevel } from 'splitlevel/vitest';

export default splitlevel(import.meta.dirname);
