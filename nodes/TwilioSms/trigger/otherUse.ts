import type { IHookFunctions } from 'n8n-workflow';

import { listServiceNumberSids } from '../shared/messagingServices';
import { listPhoneNumbers } from '../shared/phoneNumbers';
import { withoutSecrets } from '../shared/webhookAddress';
import { inUseError } from './activationErrors';
import type { Target } from './target';
import { toNumberTarget } from './target';
import type { OwnWebhook } from './verdict';
import { judge } from './verdict';
import { isOverridden, urlIn } from './webhookSlot';

/**
 * Makes sure that a number or service that is not ours may be taken over.
 *
 * @throws NodeOperationError that names what uses it
 */
export async function assertMayTake(
	this: IHookFunctions,
	target: Target,
	own: OwnWebhook,
): Promise<void> {
	if (this.getNodeParameter('onExistingWebhook') === 'replace') return;
	const use = await otherUse.call(this, target, own);
	if (use) throw inUseError(this.getNode(), target, use);
}

async function otherUse(
	this: IHookFunctions,
	target: Target,
	own: OwnWebhook,
): Promise<string | undefined> {
	const { kind, settings } = target;
	if (!isOverridden(kind, settings)) return withoutSecrets(urlIn(kind, settings));
	if (kind === 'phoneNumber') return `the TwiML application ${settings.SmsApplicationSid}`;
	return await useOfOneNumber.call(this, target, own);
}

// A service that defers to its numbers is free as long as none of them is in use.
async function useOfOneNumber(
	this: IHookFunctions,
	service: Target,
	own: OwnWebhook,
): Promise<string | undefined> {
	const sids = await listServiceNumberSids.call(this, service.sid);
	if (!sids.length) return undefined;
	for await (const number of listPhoneNumbers.call(this)) {
		const target = toNumberTarget(number);
		if (sids.includes(target.sid) && judge(target, own) === 'foreign') {
			return `the webhook of its number ${target.name}`;
		}
	}
	return undefined;
}
