import type { INode } from 'n8n-workflow';

import { Parameters } from '../../nodes/TwilioSms/shared/parameters';

const NODE: INode = {
	id: '1',
	name: 'Twilio SMS',
	type: 'n8n-nodes-twilio-sms.twilioSms',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A node with these parameters, by their paths; others are not set. */
export function parametersFrom(values: Record<string, unknown>): Parameters {
	return new Parameters(NODE, (name, fallback) => values[name] ?? fallback);
}
