/** How a delivery was answered, or is going to be: the part of n8n's response object that matters. */
export interface DeliveryResponse {
	statusCode: number;
}

/** n8n's response object, as far as it is followed. */
interface FollowedResponse {
	readonly statusCode: number;
	once(event: string, listener: () => void): unknown;
}

/** If the sender hangs up, there is no `finish`: `close` comes at once, and `prefinish` when n8n has answered all the same. */
const ANSWER_EVENTS = ['finish', 'close', 'prefinish'];

/**
 * Follows an answer without keeping n8n's response object, which holds the whole delivery in memory.
 *
 * @param response n8n's response object
 * @returns how things stand, now and later
 */
export function followAnswer(response: FollowedResponse): DeliveryResponse {
	const answer: DeliveryResponse = { statusCode: response.statusCode };
	const note = () => {
		answer.statusCode = response.statusCode;
	};
	for (const event of ANSWER_EVENTS) response.once(event, note);
	return answer;
}

/** Events remembered per trigger in this process, and triggers. */
const EVENTS = 2_000;
const TRIGGERS = 100;

function dropOldest(map: Map<string, unknown>, limit: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= limit) return;
		map.delete(oldest);
	}
}

/** Events that one trigger received in this process. Only accepted ones count: the rest is delivered again. */
export class EventMemory {
	private readonly answers = new Map<string, DeliveryResponse>();

	/**
	 * Notes what a delivery is about.
	 *
	 * @param names what identifies the event
	 * @param answer its answer, as far as it is known
	 */
	note(names: string[], answer: DeliveryResponse): void {
		for (const name of names) this.answers.set(name, answer);
		dropOldest(this.answers, EVENTS);
	}

	/** Forgets the events of a delivery that starts nothing. */
	forget(names: string[], answer: DeliveryResponse): void {
		for (const name of names) {
			if (this.answers.get(name) === answer) this.answers.delete(name);
		}
	}

	/** Whether an event was accepted, or is about to be. */
	has(name: string): boolean {
		const answer = this.answers.get(name);
		return answer !== undefined && answer.statusCode < 300;
	}
}

const memories = new Map<string, EventMemory>();

/**
 * Finds the memory of a trigger. All deliveries to this process share it, so that only one of several simultaneous ones starts
 * the workflow.
 *
 * @param trigger what identifies the trigger node
 */
export function memoryOf(trigger: string): EventMemory {
	const memory = memories.get(trigger) ?? new EventMemory();
	memories.delete(trigger);
	memories.set(trigger, memory);
	dropOldest(memories, TRIGGERS);
	return memory;
}
