//go:build go1.25

package packages

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

const ownAccount = "123456789012"

const ownBucket = "sparta-packages-123456789012-eu-west-1"

func open(t *testing.T, cfg aws.Config, bucket string) (*Store, error) {
	t.Helper()
	return Open(t.Context(), cfg, bucket, testIdentity(), testaws.Log(t))
}

func TestOpenStore(t *testing.T) {
	tests := map[string]struct {
		buckets map[string][2]string // owner and region
		bucket  string
		fault   func(operation string, w http.ResponseWriter, r *http.Request) bool
		want    string   // the store's bucket
		wantErr []string // what its error says
	}{
		"a bucket given is used": {
			buckets: map[string][2]string{"mine": {ownAccount, "eu-west-1"}}, bucket: "mine", want: "mine",
		},
		"the default is the account's own bucket": {
			buckets: map[string][2]string{ownBucket: {ownAccount, "eu-west-1"}}, want: ownBucket,
		},
		"the account's own need not exist yet": {want: ownBucket},
		"a bucket given must exist": {
			bucket: "mine", wantErr: []string{"bucket mine does not exist", "create it in eu-west-1"},
		},
		"another account's bucket is refused": {
			buckets: map[string][2]string{"theirs": {"210987654321", "eu-west-1"}}, bucket: "theirs",
			wantErr: []string{
				"it does not belong to account 123456789012",
				"s3:ListBucket is denied to arn:aws:iam::123456789012:user/tester",
			},
		},
		"so is the account's own, taken by another": {
			buckets: map[string][2]string{ownBucket: {"210987654321", "eu-west-1"}},
			wantErr: []string{ownBucket, "it does not belong to account 123456789012"},
		},
		"a bucket in another region is named with both": {
			buckets: map[string][2]string{"mine": {ownAccount, "us-east-2"}}, bucket: "mine",
			wantErr: []string{"bucket mine is in region us-east-2, the functions are in eu-west-1"},
		},
		"a stand-in that answers for all regions is checked, too": {
			buckets: map[string][2]string{"mine": {ownAccount, "eu-west-1"}}, bucket: "mine",
			fault: func(_ string, w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("X-Amz-Bucket-Region", "us-east-2")
				return true
			},
			wantErr: []string{"us-east-2", "eu-west-1"},
		},
		"a redirect without a region": {
			bucket: "mine",
			fault: func(_ string, w http.ResponseWriter, r *http.Request) bool {
				refuse(w, r, 301, "PermanentRedirect")
				return true
			},
			wantErr: []string{"bucket mine is not in region eu-west-1"},
		},
		"a region without these credentials says where the bucket is": {
			bucket: "mine",
			fault: func(_ string, w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("X-Amz-Bucket-Region", "me-south-1")
				refuse(w, r, 400, "BadRequest")
				return true
			},
			wantErr: []string{"bucket mine is in region me-south-1"},
		},
		"expired credentials are reported": {
			bucket: "mine",
			fault: func(_ string, w http.ResponseWriter, r *http.Request) bool {
				refuse(w, r, 400, "ExpiredToken")
				return true
			},
			wantErr: []string{"open bucket mine", "the credentials may have expired"},
		},
		"a URL is not a name": {bucket: "s3://mine", wantErr: []string{`bucket "s3://mine" is invalid`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				fake := startS3()
				fake.spoil(test.fault)
				for bucket, made := range test.buckets {
					fake.addBucket(bucket, made[0], made[1])
				}
				s, err := open(t, fake.config(t, "eu-west-1"), test.bucket)
				if len(test.wantErr) == 0 {
					if err != nil || s.bucket != test.want {
						t.Fatalf("store is %+v, error %v", s, err)
					}
					if n := fake.seen("HeadBucket"); n != 1 || len(fake.requests) != 1 {
						t.Errorf("requests were %v, want one", fake.requests)
					}
					return
				}
				if err == nil {
					t.Fatal("no error")
				}
				for _, want := range test.wantErr {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("error is %q, want it to say %q", err, want)
					}
				}
				if strings.Contains(err.Error(), "\n") {
					t.Errorf("error has several lines: %q", err)
				}
			})
		})
	}
}

func TestOnlyWhatTheOwnBucketLacksIsSet(t *testing.T) {
	kept := map[string]string{
		"publicAccessBlock": "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>" +
			"<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>" +
			"<RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
		"encryption": "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>" +
			"<SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault>" +
			"</Rule></ServerSideEncryptionConfiguration>",
		"versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
		"policy":     `{"Statement":{"Effect":"Deny","Condition":{"Bool":{"aws:SecureTransport":false}}}}`,
		"lifecycle":  "<LifecycleConfiguration><Rule><ID>sparta-tidy</ID></Rule></LifecycleConfiguration>",
		"tagging": "<Tagging><TagSet><Tag><Key>io:gosparta:bucket</Key><Value>packages</Value></Tag>" +
			"</TagSet></Tagging>",
	}
	tests := map[string]struct {
		setting string
		is      string // empty means that there is none
		want    []string
	}{
		"nothing is lacking": {},
		"public access was allowed": {
			"publicAccessBlock", strings.Replace(kept["publicAccessBlock"], "true", "false", 1),
			[]string{"<BlockPublicAcls>true<"},
		},
		"there is no encryption": {"encryption", "", []string{"AES256"}},
		"versions were suspended": {
			"versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>",
			[]string{"Enabled"},
		},
		"the policy is another": {
			"policy", `{"Version":"2008-10-17","Id":"mine","Statement":[{"Sid":"mine","Effect":"Allow"}]}`,
			[]string{`"Sid":"mine"`, `"Id":"mine"`, "2008-10-17", "SpartaTLSOnly"},
		},
		"the policy allows plain HTTP": {
			"policy", `{"Statement":[{"Effect":"Allow","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
			[]string{"Allow", "SpartaTLSOnly"},
		},
		"there are other rules": {
			"lifecycle",
			"<LifecycleConfiguration><Rule><ID>mine</ID><Status>Enabled</Status></Rule></LifecycleConfiguration>",
			[]string{"<ID>mine<", "<ID>sparta-tidy<"},
		},
		"there are other tags": {
			"tagging", "<Tagging><TagSet><Tag><Key>mine</Key><Value>v</Value></Tag></TagSet></Tagging>",
			[]string{"<Key>mine<", "<Key>io:gosparta:bucket<"},
		},
		"there is no policy":              {"policy", "", []string{"SpartaTLSOnly"}},
		"there are no rules":              {"lifecycle", "", []string{"sparta-tidy"}},
		"there are no tags":               {"tagging", "", []string{"io:gosparta:bucket"}},
		"public access was never blocked": {"publicAccessBlock", "", []string{"<RestrictPublicBuckets>true<"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fake := startS3()
			bucket := fake.addBucket(ownBucket, ownAccount, "eu-west-1")
			for setting, text := range kept {
				bucket.settings[setting] = text
			}
			if test.setting != "" {
				bucket.settings[test.setting] = test.is
			}
			s, err := open(t, fake.config(t, "eu-west-1"), "")
			if err != nil {
				t.Fatal(err)
			}
			if err := s.ensure(t.Context()); err != nil {
				t.Fatal(err)
			}
			for setting := range kept {
				want := 0
				if setting == test.setting {
					want = 1
				}
				if got := fake.seen("PUT " + setting); got != want {
					t.Errorf("%s was set %d times, want %d", setting, got, want)
				}
			}
			for _, want := range test.want {
				if !strings.Contains(bucket.settings[test.setting], want) {
					t.Errorf("%s is %s, want %s in it", test.setting, bucket.settings[test.setting], want)
				}
			}
		})
	}
}

func TestABucketGivenIsLeftAsItIs(t *testing.T) {
	fake := startS3()
	fake.addBucket("mine", ownAccount, "eu-west-1")
	s, err := open(t, fake.config(t, "eu-west-1"), "mine")
	if err != nil {
		t.Fatal(err)
	}
	fake.forget()
	if err := s.ensure(t.Context()); err != nil || len(fake.requests) > 0 {
		t.Errorf("requests were %v, error %v; want none", fake.requests, err)
	}
}
