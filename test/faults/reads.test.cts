import { testMatrix } from './matrix.cts';

testMatrix('GET');
