import type { TwilioPhoneNumber } from '../shared/types';
import { isTwinUrl, withoutFragment } from './webhookUrl';

/** Whose a number's incoming texts are: nobody's, this trigger's, or somebody else's. */
export type Verdict = 'free' | 'ours' | 'foreign';

// Where Twilio points a number that was just bought.
const DEMO_URL = /^https?:\/\/demo\.twilio\.com\/welcome\/sms\/reply\/?$/;

/** What makes a webhook URL this trigger's own. */
export interface OwnWebhook {
	url: string;
	/** The part of the path that n8n gives to this trigger alone. */
	webhookId: string;
	/** Where this n8n can be called, without trailing slashes. */
	baseUrls: string[];
	/** What the trigger registered before, for instance at an address n8n no longer has. */
	registeredUrl?: string;
}

export function judge(number: TwilioPhoneNumber, own: OwnWebhook): Verdict {
	// Twilio ignores the URL of a number that has an application.
	if (number.sms_application_sid) return 'foreign';
	const url = withoutFragment(number.sms_url ?? '');
	if (url === '' || DEMO_URL.test(url)) return 'free';
	const isOurs = url === own.url || url === own.registeredUrl || isTwinUrl(url, own);
	return isOurs ? 'ours' : 'foreign';
}
