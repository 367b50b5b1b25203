/** A message that can be answered, by what the answer needs. */
export interface IncomingMessage {
	from: string;
	to: string;
	messagingServiceSid?: string;
}

// What else carries these fields: a message that went out, or news of one.
const RECEIVED = ['received', 'receiving'];

/**
 * The message in an item of the Twilio SMS Trigger, simplified or not, or in any other with the
 * same fields; `undefined` when there is none, or one that nobody sent to us.
 */
export function toIncomingMessage(json: unknown): IncomingMessage | undefined {
	const item = (json ?? {}) as Record<string, unknown>;
	const text = (name: string) => {
		const value = item[name] || item[name[0].toUpperCase() + name.slice(1)];
		return typeof value === 'string' ? value : '';
	};
	const [from, to, messagingServiceSid] = ['from', 'to', 'messagingServiceSid'].map(text);
	const status = text('messageStatus') || text('status');
	if (!text('messageSid') || !from || !to) return undefined;
	if (text('direction').startsWith('outbound')) return undefined;
	if (status && !RECEIVED.includes(status)) return undefined;
	return { from, to, ...(messagingServiceSid && { messagingServiceSid }) };
}
