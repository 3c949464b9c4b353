import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

/** An item's binary data with one file, as n8n keeps it in memory. */
export const fileIn = (field: string, base64: string, mimeType = 'text/plain'): IBinaryKeyData => ({
	[field]: { data: base64, mimeType, fileName: 'John Doe.txt' },
});

/** The file of an output item: name, type and bytes. */
export function fileOf({ binary }: INodeExecutionData, field = 'data') {
	const { fileName, mimeType, data } = binary![field];
	return { fileName, mimeType, data };
}
