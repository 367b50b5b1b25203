/** Where Twilio keeps an address that a trigger can set. */
export type SlotKind = 'phoneNumber' | 'serviceInbound' | 'serviceStatus';

/** Settings as parameters of an update; unset ones are `''`. */
export type SlotSettings = Record<string, string>;

interface Slot {
	url: string;
	method?: string;
	/** A setting that, unless it is off, wins over the URL. */
	override?: { name: string; off: string };
}

const SLOTS: Record<SlotKind, Slot> = {
	phoneNumber: {
		url: 'SmsUrl',
		method: 'SmsMethod',
		override: { name: 'SmsApplicationSid', off: '' },
	},
	serviceInbound: {
		url: 'InboundRequestUrl',
		method: 'InboundMethod',
		override: { name: 'UseInboundWebhookOnNumber', off: 'false' },
	},
	serviceStatus: { url: 'StatusCallback' },
};

/** The address in the slot, connection overrides included; `''` for none. */
export function urlIn(kind: SlotKind, settings: SlotSettings): string {
	return settings[SLOTS[kind].url];
}

/** Whether something else than the slot's URL gets what Twilio has to say. */
export function isOverridden(kind: SlotKind, settings: SlotSettings): boolean {
	const { override } = SLOTS[kind];
	return override !== undefined && settings[override.name] !== override.off;
}

export function isPost(kind: SlotKind, settings: SlotSettings): boolean {
	const { method } = SLOTS[kind];
	return method === undefined || settings[method] === 'POST';
}

/** The slot as it is when nobody uses it. */
export function emptySettings(kind: SlotKind): SlotSettings {
	const { url, method, override } = SLOTS[kind];
	return {
		[url]: '',
		...(method && { [method]: 'POST' }),
		...(override && { [override.name]: override.off }),
	};
}

/** The settings with what wins over the URL as in others. */
export function withOverrideOf(
	others: SlotSettings,
	kind: SlotKind,
	settings: SlotSettings,
): SlotSettings {
	const { override } = SLOTS[kind];
	return override ? { ...settings, [override.name]: others[override.name] } : settings;
}

/** What to change so that the slot points at a URL. */
export function changesToPointAt(url: string, kind: SlotKind, current: SlotSettings): SlotSettings {
	const slot = SLOTS[kind];
	return {
		[slot.url]: url,
		...(slot.method && { [slot.method]: 'POST' }),
		...(slot.override &&
			isOverridden(kind, current) && { [slot.override.name]: slot.override.off }),
	};
}

/** What to change to bring a snapshot back, except an override that somebody set since. */
export function changesToRestore(
	snapshot: SlotSettings,
	kind: SlotKind,
	current: SlotSettings,
): SlotSettings {
	const { url, method, override } = SLOTS[kind];
	const isWanted = isOverridden(kind, snapshot) && !isOverridden(kind, current);
	return {
		[url]: snapshot[url],
		...(method && { [method]: snapshot[method] }),
		...(override && isWanted && { [override.name]: snapshot[override.name] }),
	};
}
