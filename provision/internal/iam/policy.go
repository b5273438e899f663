// Package iam writes parts of policies.
package iam

// Policy is a policy document with these statements.
func Policy(statements ...map[string]any) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

// Allow is a statement that allows actions on a resource, or on each of a list of resources.
func Allow(resource any, actions ...string) map[string]any {
	return map[string]any{"Effect": "Allow", "Action": actions, "Resource": resource}
}
