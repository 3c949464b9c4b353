import { saveHighlights } from '../../nodes/ComplyCube/execution/highlights';

const clientId = '5eb1276d96be4a0008713af5';

/** Saves a client's ID in an execution that has this of n8n. */
const saveIn = ($execution: unknown) =>
	saveHighlights({ getWorkflowDataProxy: () => ({ $execution }) as never }, { clientId });

it('saves under a key that n8n accepts, in n8n 1', () => {
	const setAll = jest.fn();
	saveIn({ customData: { setAll } });
	expect(setAll.mock.calls).toEqual([[{ complyCubeClientId: clientId }]]);
});

it('saves without the long way round in n8n 2', () => {
	const setAll = jest.fn();
	const getWorkflowDataProxy = jest.fn();
	saveHighlights({ customData: { setAll }, getWorkflowDataProxy }, { clientId });
	expect(setAll.mock.calls).toEqual([[{ complyCubeClientId: clientId }]]);
	expect(getWorkflowDataProxy).not.toHaveBeenCalled();
});

it.each([undefined, {}, { customData: undefined }])(
	'does nothing where n8n has no highlighted data: %j',
	($execution) => {
		expect(() => saveIn($execution)).not.toThrow();
	},
);

it('does nothing if n8n cannot save it', () => {
	const setAll = () => {
		throw new Error('no');
	};
	expect(() => saveIn({ customData: { setAll } })).not.toThrow();
	expect(() => saveHighlights({ customData: { setAll } } as never, { clientId })).not.toThrow();
	const getWorkflowDataProxy = () => {
		throw new Error('no');
	};
	expect(() => saveHighlights({ getWorkflowDataProxy }, { clientId })).not.toThrow();
});

it('asks n8n for nothing if there is nothing to save', () => {
	const getWorkflowDataProxy = jest.fn();
	saveHighlights({ getWorkflowDataProxy }, { clientId: 'Ada Lovelace', outcome: 'see report 7' });
	expect(getWorkflowDataProxy).not.toHaveBeenCalled();
});
