import type { IHookFunctions } from 'n8n-workflow';

import { readRegistration } from './registrationStore';
import type { Target } from './target';
import type { OwnWebhook, Verdict } from './verdict';
import { previousIn } from './webhookFragment';
import type { SlotSettings } from './webhookSlot';
import { emptySettings, urlIn } from './webhookSlot';
import { withoutFragment } from './webhookUrl';

/** The settings to go back to when the trigger is switched off. */
export function snapshotToKeep(
	this: IHookFunctions,
	{ kind, sid, settings }: Target,
	verdict: Verdict,
	own: OwnWebhook,
): SlotSettings {
	if (verdict !== 'ours') return settings;
	const url = urlIn(kind, settings);
	const isTestListen = this.getMode() === 'manual';
	const previous = previousIn(url);
	// A test listen borrows the number from production and gives it back to it.
	if (isTestListen && !previous && withoutFragment(url) !== own.url) return settings;
	// Otherwise the URL is one that this trigger left behind, which is nothing to go back to.
	const older = readRegistration.call(this);
	if (older?.kind === kind && older.sid === sid) return older.snapshot;
	return previous ?? emptySettings(kind);
}
