const DAILY_LIMIT =
	'The sender reached the number of messages that US carriers take from it in a day. Wait until midnight in California, or send from more numbers.';
const REGISTER_SENDER_ID =
	'Carriers of this country take this sender ID only when it is registered. Register it in the Twilio Console, or send from a phone number.';

/**
 * What the user can do about a message that Twilio took and could not deliver, by the error code
 * of the message.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export const DELIVERY_ADVICE: Record<number, string> = {
	30001: 'Too many messages were waiting. Send more slowly, or from more numbers.',
	30002: 'The Twilio account is suspended. Contact Twilio.',
	30003: 'The phone was switched off or out of reach, or is a landline. Try again later.',
	30004: 'The recipient or their carrier blocks messages from this sender.',
	30005: "The number is not known or no longer in use. Check the recipient's number.",
	30006: 'The number is a landline or its carrier cannot be reached. Use another number.',
	30007:
		'Twilio or a carrier took the message for spam. Change the text, and register the sender for what it is used for.',
	30008: 'The carrier gave no reason. Try again with a short, plain text.',
	30011: 'The phone, its carrier or the country takes no pictures. Send the text without them.',
	30017: 'The carrier was too busy. Try again later.',
	30018: REGISTER_SENDER_ID,
	30019: 'The picture or file is too large for the carrier. Send a smaller one.',
	30022:
		'The sender reached the number of messages that US carriers take from it at a time. Send more slowly, or from more numbers.',
	30023: DAILY_LIMIT,
	30024: 'Carriers do not know this sender yet. Wait a day if it is new, otherwise contact Twilio.',
	30027: DAILY_LIMIT,
	30032: 'This toll-free number is not verified. Complete its verification in the Twilio Console.',
	30033:
		'The A2P 10DLC campaign of this number is suspended. Look at it in the Twilio Console > Messaging > Regulatory Compliance.',
	30034:
		'This US number is not part of an approved A2P 10DLC campaign. Register brand and campaign in the Twilio Console.',
	30035:
		'This number is still being added to its A2P 10DLC campaign. Wait until Twilio says that it is done.',
	30036: 'The message waited longer than its validity period. Raise it, or send more slowly.',
	30037: 'Twilio has switched off sending for this account. Contact Twilio.',
	30038:
		'Twilio or a carrier does not let one-time passwords pass here. Use Twilio Verify, or change the text.',
	30039:
		'Twilio took the messages for two machines that answer each other. Look for a loop in your workflows.',
	30040: REGISTER_SENDER_ID,
	30041: REGISTER_SENDER_ID,
	30042: 'Carriers do not take a sender ID as general as this one. Choose one that names you.',
	30044: 'The text is too long for a trial account. Shorten it, or upgrade the account.',
	30410:
		'A carrier or channel did not answer Twilio in time, and Twilio does not try again. Send the message again later.',
	30450:
		'Twilio took the message for SMS pumping fraud and blocks numbers like this one for a while. Wait half an hour, or set the option "Risk Check" to "Disable" if you know the recipients.',
	63003: 'The channel does not know the recipient. Check the address.',
	63005: 'The channel refused what the message holds. Change the text or the media.',
	63007:
		'This sender is not set up for the channel. Choose one that is (Twilio Console > Messaging > Senders).',
	63015:
		'The recipient has not joined the WhatsApp sandbox. Let them send the join code, or use a WhatsApp sender of your own.',
	63016:
		'WhatsApp allows free text only within 24 hours of the last message from this person. Use a content template.',
	63018: 'The channel takes no more messages from this sender for the moment. Send more slowly.',
	63024: 'The recipient is not on this channel. Check the address, or send an SMS.',
	63038:
		'The account reached its number of messages for today. Wait until tomorrow, or ask Twilio to raise it.',
	63051: 'WhatsApp has locked the business account. Look at it in the WhatsApp Manager of Meta.',
};
