package show

import (
	"regexp"
	"strings"
)

// accountInARN finds the account of an ARN, whose other parts stay.
var accountInARN = regexp.MustCompile(`(arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:)\d{12}\b`)

// RedactAccount hides account IDs in a text for others: the account's own everywhere, other accounts' in ARNs.
func RedactAccount(text, account string) string {
	const hidden = "************"
	text = accountInARN.ReplaceAllString(text, "${1}"+hidden)
	if account != "" {
		text = strings.ReplaceAll(text, account, hidden)
	}
	return text
}
