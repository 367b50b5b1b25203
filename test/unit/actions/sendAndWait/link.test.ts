import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';

import type { OperationInput } from '../../../../nodes/TwilioSms/actions/operation';
import {
	callbackLink,
	pageLink,
	questionText,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/link';

const LINK = `https://n8n.example.com/webhook-waiting/1234/b3f0a6b8-9c1f-4f1e-8f59-3b8f6c7d2a10?signature=${'0123456789abcdef'.repeat(4)}`;

const GSM_7 =
	'@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà^{}\\[~]|€';

// To look for the shortest of such long texts takes minutes.
const UNSHRUNK = { endOnFailure: true };

it('puts the link below the question', () => {
	expect(questionText(' Refund?\n ', LINK)).toBe(`Refund?\n${LINK}`);
});

it('says in front of the link how else to answer, which keeps its place when a question is cut', () => {
	expect(questionText('Refund?', LINK, 'Reply YES, or open')).toBe(
		`Refund?\nReply YES, or open\n${LINK}`,
	);
	const text = questionText('x'.repeat(1600), LINK, 'Reply YES, or open');
	expect(text).toHaveLength(1600);
	expect(text.endsWith(`...\nReply YES, or open\n${LINK}`)).toBe(true);
});

it('leaves a question as it is that is just short enough', () => {
	const question = 'x'.repeat(1600 - LINK.length - 1);
	expect(questionText(question, LINK)).toBe(`${question}\n${LINK}`);
});

it('cuts one that is longer, and says so', () => {
	const text = questionText('x'.repeat(1600 - LINK.length), LINK);
	expect(text).toHaveLength(1600);
	expect(text).toMatch(/^x+\.\.\.\nhttps:/);
});

it('is never longer than a message, has the link whole, and begins with the question', () => {
	const question = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000, size: 'max' });
	fc.assert(
		fc.property(question, (asked) => {
			const text = questionText(asked, LINK);
			expect(text.length).toBeLessThanOrEqual(1600);
			expect(text.endsWith(`\n${LINK}`)).toBe(true);
			const beginning = text.slice(0, -LINK.length - 1).replace(/\.\.\.$/, '');
			expect(asked.trim().startsWith(beginning)).toBe(true);
		}),
		UNSHRUNK,
	);
});

it.each([
	['an emoji', '👍'],
	['an emoji with a colour', '👍🏽'],
	['a family', '👨‍👩‍👧‍👦'],
	['a flag', '🇩🇪'],
	['a letter with its accent', 'é'],
])('never cuts %s in two', (_, character) => {
	for (let before = 0; before < character.length; before++) {
		const text = questionText('.'.repeat(before) + character.repeat(1600), LINK);
		const rest = text.slice(before, -`...\n${LINK}`.length);
		expect(rest.replaceAll(character, '')).toBe('');
		expect(text.length).toBeGreaterThan(1600 - character.length);
	}
});

it('costs no more than the question and the link: one in GSM-7 stays in GSM-7', () => {
	const question = fc.string({ unit: fc.constantFrom(...GSM_7), minLength: 1, maxLength: 2000 });
	fc.assert(
		fc.property(question, (asked) => {
			const message = new SegmentedMessage(questionText(asked, LINK));
			expect(message.getEncodingName()).toBe('GSM-7');
		}),
		UNSHRUNK,
	);
});

it.each([pageLink, callbackLink])(
	'is not there in a version of n8n that cannot sign it, which says so: %p',
	async (link) => {
		const n8n = { getNode: () => ({ name: 'Ask', type: 'twilioSms' }) };
		await expect(link({ n8n } as unknown as OperationInput, true)).rejects.toThrow(
			'This version of n8n cannot wait for an answer safely',
		);
	},
);
