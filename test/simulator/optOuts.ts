import type { Account } from './account';
import type { MessagingService } from './messagingService';

/** Who wants no texts from whom. A sender is a number, or a Messaging Service with its whole pool. */
export class OptOuts {
	private readonly pairs = new Set<string>();

	add(sender: string, person: string): void {
		this.pairs.add(`${sender} ${person}`);
	}

	delete(sender: string, person: string): void {
		this.pairs.delete(`${sender} ${person}`);
	}

	has(sender: string, person: string): boolean {
		return this.pairs.has(`${sender} ${person}`);
	}
}

/** True when this person wants no more texts from this sender, or from its whole service. */
export function hasOptedOut(
	account: Account,
	{ from, to, service }: { from?: string; to: string; service?: MessagingService },
): boolean {
	return account.optOuts.has(optOutSender(account, from, service), to);
}

export function optOutSender(account: Account, from = '', service?: MessagingService): string {
	const number = account.resources.number(from);
	const owner = service ?? (number && account.resources.serviceOf(number.sid));
	return owner?.sid ?? from;
}
