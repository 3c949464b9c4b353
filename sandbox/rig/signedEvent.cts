import type { Message } from '../../simulator/post.cts';
import { sign, SIGNATURE_HEADER } from '../../simulator/signature.cts';
import { newId } from '../../simulator/store.cts';

/**
 * A new event, signed as ComplyCube signs it, for sending to a webhook directly instead of through the simulator.
 *
 * @param webhook The webhook to address, with the secret to sign with
 */
export function signedEvent({ url, secret }: { url: string; secret: string }): Message {
	const event = {
		id: newId(),
		type: 'workflow.session.completed',
		resourceType: 'workflowSession',
		payload: { id: newId(), clientId: newId(), status: 'complete', outcome: 'clear' },
		createdAt: new Date().toISOString(),
	};
	const body = Buffer.from(JSON.stringify(event));
	const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(body, secret) };
	return { url, body, headers };
}
