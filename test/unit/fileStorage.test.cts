import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { readUpload, toBinary } from '../../nodes/ComplyCube/pipeline/attachment';
import { Failure } from '../../nodes/ComplyCube/transport/failure';

const PATH = '/home/node/.n8n/storage/workflows/1/executions/2/binary_data/3';

const nodeError = (code: string, says: string) =>
	Object.assign(new Error(`${code}: ${says}, open '${PATH}'`), { code });

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

/** A node whose storage of files throws. */
const node = (thrown: unknown) =>
	({
		getNodeParameter: (_: string, fallback: unknown) => fallback,
		getInputData: () => ({ json: {} }),
		helpers: {
			assertBinaryData: () => ({ data: '' }),
			getBinaryDataBuffer: async () => await Promise.reject(thrown),
			prepareBinaryData: async () => await Promise.reject(thrown),
		},
	}) as unknown as IExecutePaginationFunctions;

const REASONS: Array<[unknown, string]> = [
	[nodeError('ENOSPC', 'no space left on device'), 'there is no space left'],
	[nodeError('EDQUOT', 'disk quota exceeded'), 'there is no space left'],
	[nodeError('EACCES', 'permission denied'), 'n8n may not use the folder in which it keeps files'],
	[
		nodeError('EROFS', 'read-only file system'),
		'n8n may not use the folder in which it keeps files',
	],
	[nodeError('ENOENT', 'no such file or directory'), 'it is no longer where n8n kept it'],
	[new Error('File not found'), 'it is no longer where n8n kept it'],
	[new Error('Binary data file not found'), 'it is no longer where n8n kept it'],
	[
		named('EntityNotFoundError', 'Could not find any entity of type "BinaryDataFile"'),
		'it is no longer where n8n kept it',
	],
	[
		new Error(
			'Failed to write binary file "John Doe.jpg" because its size of 4 MB exceeds the max size limit of 1 MB',
		),
		'it is larger than N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE allows',
	],
	[new Error('The bucket\nis closed'), 'The bucket is closed'],
	[undefined, 'it does not say why'],
];

describe.each(REASONS)('%s', (thrown, reason) => {
	const told = (result: unknown) => {
		expect(result).toBeInstanceOf(Failure);
		const { message, details, doubtful } = result as Failure;
		expect(`${message} ${details.description}`).not.toMatch(/John Doe|\/home\/node/);
		expect(doubtful).toBe(false);
		return { message, description: details.description };
	};

	it('reads clearly when a file to upload cannot be read', async () => {
		expect(told(await readUpload(node(thrown), ['image/jpeg'], ''))).toEqual({
			message: `The file in 'data' could not be read from n8n's storage: ${reason}`,
			description: expect.stringMatching(/^Nothing was sent for this item\./),
		});
	});

	it('reads clearly when a downloaded file cannot be stored', async () => {
		const reply = { data: Buffer.from('%PDF').toString('base64') };
		expect(told(await toBinary(node(thrown), reply, 'report'))).toEqual({
			message: `The file was downloaded, but n8n could not store it: ${reason}`,
			description: expect.stringMatching(/^Nothing was changed at ComplyCube: it is safe/),
		});
	});
});
