import { testMatrix } from './matrix.cts';

testMatrix('POST');
