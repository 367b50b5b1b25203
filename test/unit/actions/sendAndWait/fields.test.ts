import { TwilioSms } from '../../../../nodes/TwilioSms/TwilioSms.node';
import { waitingTooltip } from '../../../../nodes/TwilioSms/actions/sendAndWait/fields';

it('says what the workflow waits for', () => {
	expect(waitingTooltip({ operation: 'sendAndWait', responseType: 'approval' })).toBe(
		"Execution will continue after the user's response",
	);
	expect(waitingTooltip({ operation: 'sendAndWait', responseType: 'delivery' })).toBe(
		'Execution will continue when Twilio reports what became of the message',
	);
});

it('says nothing for operations that do not wait', () => {
	expect(waitingTooltip({ operation: 'send' })).toBe('');
});

it('is an expression that needs nothing but the parameters', () => {
	const [, code] = /^=\{\{(.*)\}\}$/s.exec(new TwilioSms().description.waitingNodeTooltip!)!;
	expect(code).not.toContain('}}');
	const evaluate = new Function('$parameter', `return ${code.trim()}`);
	expect(evaluate({ operation: 'sendAndWait' })).toMatch(/^Execution will continue/);
});
