import { isFreeUrl } from '../shared/webhookAddress';
import type { Target } from './target';
import { isOverridden, urlIn } from './webhookSlot';
import { isTwinUrl, withoutFragment } from './webhookUrl';

/** Whose a webhook is: nobody's, this trigger's, or somebody else's. */
export type Verdict = 'free' | 'ours' | 'foreign';

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

export function judge({ kind, settings }: Target, own: OwnWebhook): Verdict {
	if (isOverridden(kind, settings)) return 'foreign';
	const url = withoutFragment(urlIn(kind, settings));
	if (isFreeUrl(url)) return 'free';
	const isOurs = url === own.url || url === own.registeredUrl || isTwinUrl(url, own);
	return isOurs ? 'ours' : 'foreign';
}
