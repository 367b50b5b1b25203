import type { IHookFunctions } from 'n8n-workflow';

import { readRegistration } from './registrationStore';
import type { Target } from './target';
import type { OwnWebhook, Verdict } from './verdict';
import { judge } from './verdict';
import { previousIn } from './webhookFragment';
import type { SlotSettings } from './webhookSlot';
import { emptySettings, urlIn, withOverrideOf } from './webhookSlot';
import { withoutFragment } from './webhookUrl';

/** The settings to go back to when the trigger is switched off. */
export function snapshotToKeep(
	this: IHookFunctions,
	target: Target,
	verdict: Verdict,
	own: OwnWebhook,
): SlotSettings {
	const { kind, settings } = target;
	if (verdict === 'ours') return beforeOurs.call(this, target, own);
	const uncovered = withOverrideOf(emptySettings(kind), kind, settings);
	if (judge({ ...target, settings: uncovered }, own) === 'ours') {
		// Somebody put an application, or the numbers' own webhooks, before this trigger.
		return withOverrideOf(settings, kind, beforeOurs.call(this, target, own));
	}
	// What another n8n's test listen left behind is nothing to go back to either.
	return previousIn(urlIn(kind, settings)) ?? settings;
}

function beforeOurs(this: IHookFunctions, target: Target, own: OwnWebhook): SlotSettings {
	const { kind, sid, settings } = target;
	const url = urlIn(kind, settings);
	const isTestListen = this.getMode() === 'manual';
	const previous = previousIn(url);
	// A test listen borrows the number from production and gives it back to it.
	if (isTestListen && !previous && withoutFragment(url) !== own.url) return settings;
	// Otherwise the URL is one that this trigger left behind, which is nothing to go back to.
	const older = readRegistration.call(this);
	if (older?.kind === kind && older.sid === sid) return older.snapshot;
	if (!previous) return emptySettings(kind);
	const isOwn = judge({ ...target, settings: previous }, own) === 'ours';
	return isOwn && !isTestListen ? emptySettings(kind) : previous;
}
