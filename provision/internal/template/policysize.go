package template

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// maxInlinePolicies is IAM's limit for a role's inline policies, in characters without white space.
const maxInlinePolicies = 10_240

var substitution = regexp.MustCompile(`\$\{[^}]*\}`)

// check returns an error if the role's policy is certainly too large. What CloudFormation fills in counts as little as
// it can be.
func (role) check(f function) error {
	if f.info.RoleDefinition == nil {
		return nil
	}
	return f.checkPolicy(f.statements())
}

// checkPolicy returns an error if a policy with these statements is too large.
func (f function) checkPolicy(statements []map[string]any) error {
	encoded, err := plainjson.Marshal(iam.Policy(statements...))
	var document any
	if err == nil {
		err = json.Unmarshal(encoded, &document)
	}
	if err == nil {
		encoded, err = plainjson.Marshal(f.least(document))
	}
	if err != nil {
		return fmt.Errorf("render the policy of its role: %w", err)
	}
	size := 0
	for _, character := range string(encoded) {
		if !unicode.IsSpace(character) {
			size++
		}
	}
	if size > maxInlinePolicies {
		return fmt.Errorf("the policy of its role has %d characters, over IAM's %d: "+
			"use fewer or wider resources (*), or a role of your own with managed policies", size, maxInlinePolicies)
	}
	return nil
}

// least replaces each intrinsic by the shortest text that it can become.
func (f function) least(node any) any {
	switch node := node.(type) {
	case []any:
		for i := range node {
			node[i] = f.least(node[i])
		}
	case map[string]any:
		if len(node) == 1 {
			for name, argument := range node {
				if text, isText := argument.(string); isText && name == "Fn::Sub" {
					return f.leastText(text)
				}
				if name == "Ref" || strings.HasPrefix(name, "Fn::") {
					return ""
				}
			}
		}
		for key := range node {
			node[key] = f.least(node[key])
		}
	}
	return node
}

// leastText fills in a Sub's text.
func (f function) leastText(text string) string {
	return substitution.ReplaceAllStringFunc(text, func(name string) string {
		switch name {
		case "${AWS::StackName}":
			return f.stack
		case "${AWS::Partition}":
			return "aws"
		case "${AWS::AccountId}":
			return "123456789012"
		case "${AWS::Region}":
			return f.region
		}
		return ""
	})
}
