import { titleOf } from '../operations/index.cts';
import { inputFaultsOf } from './inputFaults.cts';
import { operations, testSuite } from './matrix.cts';

it('strikes every filter of a Get Many, and the ID of every operation on something that exists', () => {
	const ofNothing = ['create', 'createWithNewClient', 'extractData', 'upsert'];
	const missed = operations
		.filter(
			({ operation, sameForAll }) =>
				operation === 'getAll' || (!ofNothing.includes(operation) && !sameForAll),
		)
		.filter((operation) => {
			const isList = operation.operation === 'getAll';
			const names = inputFaultsOf(operation).map(({ name }) => name);
			return !names.some((name) => name.startsWith('filter ') === isList);
		});
	expect(missed.map(titleOf)).toEqual([]);
});

testSuite({
	name: 'inputs',
	operations: operations.filter((operation) => inputFaultsOf(operation).length > 0),
	faultsOf: inputFaultsOf,
});
