//go:build go1.25

package packages

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

func TestTheAccountsOwnBucketIsMadeAndSetUp(t *testing.T) {
	for region, partition := range map[string]string{"eu-west-1": "aws", "us-east-1": "aws", "cn-north-1": "aws-cn"} {
		t.Run(region, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				fake := startS3()
				who := testIdentity()
				who.Partition = partition
				s, err := Open(t.Context(), fake.config(t, region), "", who, testaws.Log(t))
				if err != nil {
					t.Fatal(err)
				}
				if err := s.ensure(t.Context()); err != nil {
					t.Fatal(err)
				}
				bucket := fake.buckets["sparta-packages-123456789012-"+region]
				if bucket == nil || bucket.region != region {
					t.Fatalf("buckets are %v", fake.buckets)
				}
				for setting, wants := range map[string][]string{
					"publicAccessBlock": {
						"<BlockPublicAcls>true<", "<BlockPublicPolicy>true<", "<IgnorePublicAcls>true<",
						"<RestrictPublicBuckets>true<",
					},
					"encryption": {"<SSEAlgorithm>AES256<"},
					"versioning": {"<Status>Enabled<"},
					"lifecycle":  {"<NoncurrentDays>90<", "<DaysAfterInitiation>7<", "<Status>Enabled<"},
					"tagging":    {"<Key>io:gosparta:bucket<"},
				} {
					for _, want := range wants {
						if !strings.Contains(bucket.settings[setting], want) {
							t.Errorf("%s is %q, want %s in it", setting, bucket.settings[setting], want)
						}
					}
				}
				if strings.Contains(bucket.settings["lifecycle"], "<Expiration>") {
					t.Error("what a stack refers to expires")
				}
				var policy any
				if err := json.Unmarshal([]byte(bucket.settings["policy"]), &policy); err != nil {
					t.Fatal(err)
				}
				arn := "arn:" + partition + ":s3:::sparta-packages-123456789012-" + region
				want := map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
					"Sid": "SpartaTLSOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
					"Resource":  []any{arn, arn + "/*"},
					"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
				}}}
				if !reflect.DeepEqual(policy, any(want)) {
					t.Errorf("policy is %s", bucket.settings["policy"])
				}
				if len(fake.unowned) > 0 {
					t.Errorf("requests without the owner: %v", fake.unowned)
				}
				fake.forget()
				if err := s.ensure(t.Context()); err != nil || len(fake.requests) > 0 {
					t.Errorf("requests were %v, error %v; want none: it was looked at already", fake.requests, err)
				}
			})
		})
	}
}

func TestManyMakeTheOwnBucketAtOnce(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		fake := startS3()
		cfg := fake.config(t, "eu-west-1")
		stores := make([]*Store, 8)
		for i := range stores {
			s, err := open(t, cfg, "")
			if err != nil {
				t.Fatal(err)
			}
			stores[i] = s
		}
		var mu sync.Mutex
		collisions := map[string]int{}
		fake.spoil(func(operation string, w http.ResponseWriter, r *http.Request) bool {
			if r.Method != "PUT" {
				return false
			}
			mu.Lock()
			collisions[operation]++
			n := collisions[operation]
			mu.Unlock()
			if n <= 3 {
				refuse(w, r, 409, "OperationAborted")
			}
			return n <= 3
		})
		var group sync.WaitGroup
		for _, s := range stores {
			group.Go(func() {
				if err := s.ensure(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got := fake.buckets[ownBucket].settings["policy"]; strings.Count(got, "SpartaTLSOnly") != 1 {
			t.Errorf("policy is %s", got)
		}
	})
}

func TestABucketThatIsSlowToAppearIsWaitedFor(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		fake := startS3()
		s, err := open(t, fake.config(t, "eu-west-1"), "")
		if err != nil {
			t.Fatal(err)
		}
		looks := map[string]int{}
		fake.spoil(func(operation string, w http.ResponseWriter, r *http.Request) bool {
			looks[operation]++
			if slow := (operation == "HeadBucket" || operation == "GET policy") && looks[operation] <= 3; slow {
				refuse(w, r, 404, "NoSuchBucket")
				return true
			}
			return false
		})
		if err := s.ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestMakingTheOwnBucketFails(t *testing.T) {
	tests := map[string]struct {
		operation, code string
		status          int
		want            []string // of the error; none means that it is a warning
	}{
		"the name is taken": {
			"CreateBucket", "BucketAlreadyExists", 409,
			[]string{"create bucket " + ownBucket, "another account has a bucket of this name"},
		},
		"it may not be made": {
			"CreateBucket", "AccessDenied", 403,
			[]string{"s3:CreateBucket is denied to arn:aws:iam::123456789012:user/tester"},
		},
		"it always collides": {
			"CreateBucket", "OperationAborted", 409, []string{"create bucket", "OperationAborted"},
		},
		"AWS fails": {
			"CreateBucket", "InternalError", 500, []string{"InternalError", "AWS had an internal failure"},
		},
		"it is throttled": {
			"PUT policy", "SlowDown", 503, []string{"set up bucket", "s3:PutBucketPolicy", "throttles"},
		},
		"a setting may not be made": {
			"PUT encryption", "AccessDenied", 403, []string{"s3:PutEncryptionConfiguration is denied"},
		},
		"a setting may not be seen": {"GET encryption", "AccessDenied", 403, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				fake := startS3()
				s, err := open(t, fake.config(t, "eu-west-1"), "")
				if err != nil {
					t.Fatal(err)
				}
				fake.spoil(func(operation string, w http.ResponseWriter, r *http.Request) bool {
					if operation != test.operation {
						return false
					}
					refuse(w, r, test.status, test.code)
					return true
				})
				err = s.ensure(t.Context())
				if test.want == nil {
					if err != nil {
						t.Error(err)
					}
					return
				}
				for _, want := range test.want {
					if err == nil || !strings.Contains(err.Error(), want) {
						t.Errorf("error is %v, want it to say %q", err, want)
					}
				}
				fake.spoil(nil) // run again, it converges
				if err := s.ensure(t.Context()); err != nil || fake.buckets[ownBucket].settings["policy"] == "" {
					t.Errorf("afterwards the error is %v, the settings %v", err, fake.buckets[ownBucket].settings)
				}
			})
		})
	}
}

func TestRetriesOfConflictsEndWithTheContext(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		s := &Store{}
		ctx, cancel := context.WithCancel(t.Context())
		err := s.retryConflicts(ctx, func() error {
			cancel()
			return errConflict
		})
		if !errors.Is(err, context.Canceled) || !errors.Is(err, errConflict) {
			t.Errorf("error is %v, want both that it was cancelled and what was waited for", err)
		}
	})
}
