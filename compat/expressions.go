package compat

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/template"

	gocf "github.com/mweagle/go-cloudformation"
)

// ConvertToTemplateExpression expands a text with Go's package text/template. Intrinsics in it, such as
// { "Ref" : "AWS::Region" }, become those of the template.
func ConvertToTemplateExpression(
	templateData io.Reader, additionalUserTemplateProperties map[string]any,
) (*gocf.StringExpr, error) {
	text, err := io.ReadAll(templateData)
	if err != nil {
		return nil, err
	}
	parsed, err := template.New("expression").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("text of a template expression: %w", err)
	}
	var expanded strings.Builder
	if err := parsed.Execute(&expanded, additionalUserTemplateProperties); err != nil {
		return nil, fmt.Errorf("text of a template expression: %w", err)
	}
	return gocf.Join("", parts(expanded.String())...), nil
}

// parts splits a text into strings and intrinsics.
func parts(text string) (found []gocf.Stringable) {
	begin := 0
	for at := 0; at < len(text); at++ {
		intrinsic, length := intrinsicAt(text[at:])
		if length == 0 {
			continue
		}
		if at > begin {
			found = append(found, gocf.String(text[begin:at]))
		}
		found = append(found, intrinsic)
		begin, at = at+length, at+length-1
	}
	if begin < len(text) {
		found = append(found, gocf.String(text[begin:]))
	}
	return found
}

// intrinsicAt returns the intrinsic at the beginning of a text and its length, which is 0 if there is none.
func intrinsicAt(text string) (intrinsic *gocf.StringExpr, length int) {
	if !strings.HasPrefix(text, "{") {
		return nil, 0
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	if decoder.Decode(&raw) != nil {
		return nil, 0
	}
	intrinsic = &gocf.StringExpr{}
	if json.Unmarshal(raw, intrinsic) != nil || intrinsic.Func == nil {
		return nil, 0
	}
	return intrinsic, int(decoder.InputOffset())
}

// DynamicValueToStringExpr returns a string, or an intrinsic of either module, as a value of go-cloudformation.
func DynamicValueToStringExpr(dynamicValue any) gocf.Stringable {
	switch value := dynamicValue.(type) {
	case string:
		return gocf.String(value)
	case gocf.Stringable:
		return value
	}
	expression := &gocf.StringExpr{}
	text, err := json.Marshal(dynamicValue)
	if err == nil {
		err = json.Unmarshal(text, expression)
	}
	if err != nil {
		panic(fmt.Sprintf("value %v of type %T is neither a string nor an intrinsic of go-cloudformation: %v",
			dynamicValue, dynamicValue, err))
	}
	return expression
}

// S3ArnForBucket returns the ARN of a bucket, which is a name or an intrinsic.
func S3ArnForBucket(bucket any) *gocf.StringExpr { return bucketARN(bucket) }

// S3AllKeysArnForBucket returns the ARN of all objects of a bucket, which is a name or an intrinsic.
func S3AllKeysArnForBucket(bucket any) *gocf.StringExpr { return bucketARN(bucket, gocf.String("/*")) }

func bucketARN(bucket any, suffix ...gocf.Stringable) *gocf.StringExpr {
	return gocf.Join("", append([]gocf.Stringable{
		gocf.String("arn:"), gocf.Ref("AWS::Partition"), gocf.String(":s3:::"), DynamicValueToStringExpr(bucket),
	}, suffix...)...)
}
