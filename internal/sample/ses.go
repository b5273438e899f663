package sample

// ses returns the source whose sample is a mail that a receipt rule passes on.
func ses() source {
	return source{"ses", func(s service) any {
		recipient := "orders@example.com"
		if rules, _ := s.permission("SESPermission")["receiptRules"].([]any); len(rules) > 0 {
			rule, _ := rules[0].(object)
			if recipients, _ := rule["recipients"].([]any); len(recipients) > 0 {
				recipient, _ = recipients[0].(string)
			}
		}
		verdict := object{"status": "PASS"}
		return object{"Records": []any{object{
			"eventSource":  "aws:ses",
			"eventVersion": "1.0",
			"ses": object{
				"mail": object{
					"timestamp":        "2026-01-01T12:00:00.000Z",
					"source":           "jane@example.com",
					"messageId":        "o3vrnil0e2ic28tr",
					"destination":      []string{recipient},
					"headersTruncated": false,
					"headers": []any{
						object{"name": "From", "value": "Jane <jane@example.com>"},
						object{"name": "To", "value": recipient},
						object{"name": "Subject", "value": "An order"},
					},
					"commonHeaders": object{
						"returnPath": "jane@example.com",
						"from":       []string{"Jane <jane@example.com>"},
						"date":       "Thu, 1 Jan 2026 12:00:00 +0000",
						"to":         []string{recipient},
						"messageId":  "<0123456789@example.com>",
						"subject":    "An order",
					},
				},
				"receipt": object{
					"timestamp":            "2026-01-01T12:00:00.000Z",
					"processingTimeMillis": 574,
					"recipients":           []string{recipient},
					"spamVerdict":          verdict,
					"virusVerdict":         verdict,
					"spfVerdict":           verdict,
					"dkimVerdict":          verdict,
					"dmarcVerdict":         verdict,
					"action": object{
						"type":           "Lambda",
						"invocationType": "Event",
						"functionArn":    s.functionARN(),
					},
				},
			},
		}}}
	}}
}

// functionARN returns the ARN of the function.
func (s service) functionARN() string {
	return inRegion("lambda") + "function:" + s.name + "-" + s.function
}
