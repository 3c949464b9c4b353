import { testMatrix } from './matrix.cts';

testMatrix('DELETE');
