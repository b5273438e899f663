package packages

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// bucketPolicy keeps the statements and elements that it does not know.
type bucketPolicy struct {
	Version   string `json:",omitempty"`
	ID        string `json:"Id,omitempty"`
	Statement statements
}

type statements []map[string]any

// UnmarshalJSON implements json.Unmarshaler: a single statement needs no array around it.
func (s *statements) UnmarshalJSON(text []byte) error {
	var one map[string]any
	if json.Unmarshal(text, &one) == nil {
		*s = statements{one}
		return nil
	}
	return json.Unmarshal(text, (*[]map[string]any)(s))
}

func (s *Store) allowsPlainHTTP(ctx context.Context) (bool, error) {
	policy, err := s.policy(ctx)
	return err == nil && !policy.requiresTLS(), err
}

// requireTLS adds a statement to the policy. S3 rejects a statement that is there twice, and another run may have
// added it meanwhile.
func (s *Store) requireTLS(ctx context.Context) error {
	policy, err := s.policy(ctx)
	if err != nil || policy.requiresTLS() {
		return err
	}
	if policy.Version == "" {
		policy.Version = "2012-10-17"
	}
	policy.Statement = append(policy.Statement, s.tlsOnly())
	text, err := json.Marshal(policy)
	if err != nil {
		return err
	}
	_, err = s.api.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &s.bucket, Policy: aws.String(string(text))})
	return err
}

func (s *Store) policy(ctx context.Context) (bucketPolicy, error) {
	var policy bucketPolicy
	out, err := s.api.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &s.bucket})
	if err != nil {
		return policy, unlessUnset(err)
	}
	if err := json.Unmarshal([]byte(aws.ToString(out.Policy)), &policy); err != nil {
		return policy, fmt.Errorf("read the bucket's policy: %w", err)
	}
	return policy, nil
}

// tlsOnly is a statement that denies requests without TLS.
func (s *Store) tlsOnly() map[string]any {
	arn := "arn:" + s.who.Partition + ":s3:::" + s.bucket
	return map[string]any{
		"Sid": "SpartaTLSOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
		"Resource":  []string{arn, arn + "/*"},
		"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
	}
}

func (p bucketPolicy) requiresTLS() bool { return slices.ContainsFunc(p.Statement, deniesPlainHTTP) }

func deniesPlainHTTP(statement map[string]any) bool {
	condition, _ := statement["Condition"].(map[string]any)
	test, _ := condition["Bool"].(map[string]any)
	value := test["aws:SecureTransport"]
	return statement["Effect"] == "Deny" && (value == "false" || value == false)
}
