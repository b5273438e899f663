package iam

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// maxInlinePolicies is IAM's limit for a role's inline policies, in characters without white space.
const maxInlinePolicies = 10_240

var substitution = regexp.MustCompile(`\$\{[^}]*\}`)

// CheckSize returns an error if the policy of a function's role with these statements is certainly too large, in this
// stack and region. What CloudFormation fills in counts as little as it can be.
func CheckSize(statements []map[string]any, stack, region string) error {
	encoded, err := plainjson.Marshal(Policy(statements...))
	var document any
	if err == nil {
		err = json.Unmarshal(encoded, &document)
	}
	if err == nil {
		encoded, err = plainjson.Marshal(least(document, stack, region))
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
func least(node any, stack, region string) any {
	switch node := node.(type) {
	case []any:
		for i := range node {
			node[i] = least(node[i], stack, region)
		}
	case map[string]any:
		if len(node) == 1 {
			for name, argument := range node {
				if text, isText := argument.(string); isText && name == "Fn::Sub" {
					return leastText(text, stack, region)
				}
				if name == "Ref" || strings.HasPrefix(name, "Fn::") {
					return ""
				}
			}
		}
		for key := range node {
			node[key] = least(node[key], stack, region)
		}
	}
	return node
}

// leastText fills in a Sub's text.
func leastText(text, stack, region string) string {
	return substitution.ReplaceAllStringFunc(text, func(name string) string {
		switch name {
		case "${AWS::StackName}":
			return stack
		case "${AWS::Partition}":
			return "aws"
		case "${AWS::AccountId}":
			return "123456789012"
		case "${AWS::Region}":
			return region
		}
		return ""
	})
}
