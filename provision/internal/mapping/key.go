package mapping

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// decrypt returns the statements that a role needs to read what a key encrypts: none for AWS's own keys. The key is the
// value in the source's resource: an ID, an ARN, an alias or an intrinsic.
func decrypt(template *cloudformation.Template, key any) []map[string]any {
	const keys = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:"
	text, isText := key.(string)
	switch {
	case key == nil || key == "" || strings.Contains(text, "alias/aws/"):
		return nil
	case isText && strings.Contains(text, "alias/"):
		statement := iam.Allow(cloudformation.Sub(keys+"key/*"), "kms:Decrypt")
		statement["Condition"] = map[string]any{
			"ForAnyValue:StringEquals": map[string]any{"kms:ResourceAliases": text[strings.Index(text, "alias/"):]},
		}
		return []map[string]any{statement}
	case isText && !strings.HasPrefix(text, "arn:"):
		return []map[string]any{iam.Allow(cloudformation.Sub(keys+"key/"+text), "kms:Decrypt")}
	}
	targets, err := cloudformation.References(key)
	if err != nil || len(targets) != 1 || arn.Attribute(key) != "Ref" || template == nil ||
		template.Resources[targets[0]] == nil {
		return []map[string]any{iam.Allow(key, "kms:Decrypt")}
	}
	switch resource := template.Resources[targets[0]]; resource.Type {
	case "AWS::KMS::Alias":
		return decrypt(template, resource.Properties["TargetKeyId"])
	case "AWS::KMS::Key":
		return []map[string]any{iam.Allow(cloudformation.GetAtt{targets[0], "Arn"}, "kms:Decrypt")}
	}
	return []map[string]any{iam.Allow(key, "kms:Decrypt")}
}
