// Package iam writes parts of policies.
package iam

import "github.com/go-sparta/sparta/internal/plainjson"

// Policy is a policy document with these statements.
func Policy(statements ...map[string]any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

// Allow is a statement that allows actions on a resource, or on each of a list of resources.
func Allow(resource any, actions ...string) map[string]any {
	return map[string]any{"Effect": "Allow", "Action": actions, "Resource": resource}
}

// Distinct leaves out statements that are the same as an earlier one.
func Distinct(statements []map[string]any) []map[string]any {
	var distinct []map[string]any
	seen := map[string]bool{}
	for _, statement := range statements {
		text, err := plainjson.Marshal(statement)
		if err != nil || !seen[string(text)] { // rendering the template reports what JSON cannot represent
			distinct = append(distinct, statement)
		}
		seen[string(text)] = true
	}
	return distinct
}
