import { TEST_KEY } from '../../sandbox/rig/keys.cts';
import { editor, person, sandbox } from './stage.cts';

describe('the credential', () => {
	const create = async (apiKey: string) =>
		await editor.createCredential({ name: apiKey, apiKey, baseUrl: sandbox.simulator.url });

	person('sees that it is tested when it is saved', async () => {
		expect(await create(TEST_KEY)).toContain('Connection tested successfully');
	});

	person('reads what is wrong with a key that is not accepted', async () => {
		const message = await create('test_wrong');
		expect(message).toContain('Couldn’t connect with these settings');
		expect(message).toContain(
			"ComplyCube did not accept this API key. Copy it again from the Web Portal's developers page; a key that was refreshed there stops working here.",
		);
	});

	person('reads that an account has no credit', async () => {
		const message = await create('live_no_credit_key');
		expect(message).toContain('Couldn’t connect with these settings');
		expect(message).toContain(
			'The API key is right, but the account has no credit left. Top it up in the ComplyCube Web Portal.',
		);
	});
});
