//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/sts"

	"github.com/go-sparta/sparta/internal/testaws"
)

func TestAccountsAreApart(t *testing.T) {
	server := testaws.Start(t)
	mine := server.Account(t)
	var theirs *testaws.Account
	t.Run("another", func(t *testing.T) { theirs = server.Account(t) })
	identity, err := sts.New(mine.Session(t)).GetCallerIdentity(&sts.GetCallerIdentityInput{})
	if err != nil || *identity.Account != mine.ID {
		t.Errorf("identity %v (%v), want account %s", identity, err, mine.ID)
	}
	bucket := mine.Bucket("own")
	if _, err := s3.New(mine.Session(t)).CreateBucket(&s3.CreateBucketInput{Bucket: &bucket}); err != nil {
		t.Fatal(err)
	}
	_, err = s3.New(theirs.Session(t)).PutObject(&s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k")})
	if code(err) != "AccessDenied" {
		t.Errorf("write to another account's bucket: %v, want AccessDenied", err)
	}
}

func TestProfilesAreAccountsSideBySide(t *testing.T) {
	accounts := testaws.Start(t).Profiles(t, "one", "two")
	for name, account := range accounts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sess, err := session.NewSessionWithOptions(session.Options{
				Profile:           name,
				SharedConfigState: session.SharedConfigEnable,
				Config:            aws.Config{Endpoint: &account.Endpoint, HTTPClient: &http.Client{}},
			})
			if err != nil {
				t.Fatal(err)
			}
			identity, err := sts.New(sess).GetCallerIdentity(&sts.GetCallerIdentityInput{})
			if err != nil || *identity.Account != account.ID {
				t.Errorf("identity %v (%v), want account %s", identity, err, account.ID)
			}
		})
	}
	if accounts["one"].ID == accounts["two"].ID {
		t.Error("both are one account")
	}
}

func TestABucketChecksItsExpectedOwner(t *testing.T) {
	account := testaws.Start(t).Account(t)
	client, bucket := s3.New(account.Session(t)), account.Bucket("owned")
	if _, err := client.CreateBucket(&s3.CreateBucketInput{Bucket: &bucket}); err != nil {
		t.Fatal(err)
	}
	put := func(owner string) error {
		_, err := client.PutObject(&s3.PutObjectInput{
			Bucket:              &bucket,
			Key:                 aws.String("k"),
			Body:                strings.NewReader("v"),
			ExpectedBucketOwner: &owner,
		})
		return err
	}
	if err := put(account.ID); err != nil {
		t.Errorf("with the right owner: %v", err)
	}
	if err := put("999999999999"); code(err) != "AccessDenied" {
		t.Errorf("with another owner: %v, want AccessDenied", err)
	}
}

func TestABucketPolicyThatAsksForTLSDeniesNothingHere(t *testing.T) {
	account := testaws.Start(t).Account(t)
	client, bucket := s3.New(account.Session(t)), account.Bucket("tls")
	if _, err := client.CreateBucket(&s3.CreateBucketInput{Bucket: &bucket}); err != nil {
		t.Fatal(err)
	}
	policy := func(condition object) {
		t.Helper()
		text, err := json.Marshal(object{"Version": "2012-10-17", "Statement": []object{{
			"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": condition,
			"Resource": []string{"arn:aws:s3:::" + bucket, "arn:aws:s3:::" + bucket + "/*"},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.PutBucketPolicy(&s3.PutBucketPolicyInput{
			Bucket: &bucket, Policy: aws.String(string(text)),
		}); err != nil {
			t.Fatal(err)
		}
	}
	input := &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("v")}
	policy(object{"Bool": object{"aws:SecureTransport": "false"}})
	if _, err := client.PutObject(input); err != nil {
		t.Errorf("under a policy that asks for TLS: %v", err)
	}
	policy(object{})
	if _, err := client.PutObject(input); err == nil {
		t.Error("a policy that denies everything has no effect")
	}
}

func TestTheCommandLineReachesTheAccount(t *testing.T) {
	account := testaws.Start(t).Account(t)
	var identity struct{ Account string }
	account.CLI(t, &identity, "sts", "get-caller-identity")
	if identity.Account != account.ID {
		t.Errorf("account %s, want %s", identity.Account, account.ID)
	}
}
