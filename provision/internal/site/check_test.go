package site

import (
	"math"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"

func withErrorDocument(key string) *sparta.WebsiteConfiguration {
	return &sparta.WebsiteConfiguration{ErrorDocument: &sparta.ErrorDocument{Key: key}}
}

func TestSettingsThatCannotBeDeployed(t *testing.T) {
	www := func(change func(*sparta.SiteDomain)) func(*sparta.S3Site) {
		return func(s *sparta.S3Site) {
			s.Domain = &sparta.SiteDomain{Names: []string{"www.example.com"}, CertificateArn: certificate}
			change(s.Domain)
		}
	}
	tests := map[string]struct {
		change func(*sparta.S3Site)
		want   string // "" means that there is no error
	}{
		"nothing but a folder": {func(*sparta.S3Site) {}, ""},
		"everything": {func(s *sparta.S3Site) {
			s.BucketName, s.SinglePage = cloudformation.Sub("shop-${AWS::Region}"), true
			s.UserManifestData = map[string]any{"region": cloudformation.Region}
			s.CacheControl = []sparta.SiteCacheControl{{Pattern: "images/*.png", Value: "max-age=60"}}
			www(func(d *sparta.SiteDomain) { d.HostedZoneID = cloudformation.Ref("Zone") })(s)
		}, ""},
		"a certificate of the template": {www(func(d *sparta.SiteDomain) {
			d.CertificateArn = cloudformation.Ref("Certificate")
		}), ""},
		"no folder": {
			func(s *sparta.S3Site) { s.Dir = "" },
			"site without a folder: Dir is missing: name the folder with the site's files",
		},
		"an index document in a folder": {func(s *sparta.S3Site) {
			s.WebsiteConfiguration = &sparta.WebsiteConfiguration{
				IndexDocument: &sparta.IndexDocument{Suffix: "a/b.html"},
			}
		}, `site public: WebsiteConfiguration.IndexDocument.Suffix "a/b.html" is invalid: use the name of a file`},
		"an error document with a slash before it": {func(s *sparta.S3Site) {
			s.WebsiteConfiguration = withErrorDocument("/404.html")
		}, `site public: WebsiteConfiguration.ErrorDocument.Key "/404.html" is invalid: use the path of a file`},
		"an error document of a single page": {func(s *sparta.S3Site) {
			s.SinglePage = true
			s.WebsiteConfiguration = withErrorDocument("404.html")
		}, "site public: WebsiteConfiguration.ErrorDocument has no effect with SinglePage"},
		"a bucket name with capitals": {
			func(s *sparta.S3Site) { s.BucketName = "Shop" },
			`site public: BucketName "Shop" is invalid: use 3 to 63 lower-case letters`,
		},
		"a bucket name that is an IP address": {
			func(s *sparta.S3Site) { s.BucketName = "10.0.0.1" },
			`site public: BucketName "10.0.0.1" is invalid: use 3 to 63 lower-case letters`,
		},
		"a bucket name that is a number": {
			func(s *sparta.S3Site) { s.BucketName = 5 },
			"site public: BucketName of type int is invalid: use a name or a CloudFormation intrinsic",
		},
		"a pattern that is not one": {func(s *sparta.S3Site) {
			s.CacheControl = []sparta.SiteCacheControl{{Pattern: "[", Value: "no-cache"}}
		}, `site public: CacheControl[0].Pattern "[" is invalid: use for example *.png or images/*`},
		"a header with a line break": {func(s *sparta.S3Site) {
			s.CacheControl = []sparta.SiteCacheControl{{Pattern: "*", Value: "a\r\nX-B: c"}}
		}, `site public: CacheControl[0].Value "a\r\nX-B: c" is invalid: use for example public, max-age=3600`},
		"a header that is not ASCII": {func(s *sparta.S3Site) {
			s.CacheControl = []sparta.SiteCacheControl{{Pattern: "*", Value: "ü"}}
		}, `site public: CacheControl[0].Value "ü" is invalid: use for example public, max-age=3600`},
		"a domain without names": {
			www(func(d *sparta.SiteDomain) { d.Names = nil }),
			"site public: Domain.Names is empty: add for example www.example.com",
		},
		"a domain that is a URL": {
			www(func(d *sparta.SiteDomain) { d.Names[0] = "https://example.com" }),
			`site public: Domain.Names has "https://example.com", which is invalid: use a name in lower case`,
		},
		"a domain twice": {
			www(func(d *sparta.SiteDomain) { d.Names = append(d.Names, d.Names[0]) }),
			"site public: Domain.Names has www.example.com twice: remove one",
		},
		"a domain without a certificate": {
			www(func(d *sparta.SiteDomain) { d.CertificateArn = nil }),
			"site public: Domain.CertificateArn is missing: set it to the ARN of an ACM certificate in us-east-1 for " +
				"www.example.com",
		},
		"a certificate of another region": {www(func(d *sparta.SiteDomain) {
			d.CertificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
		}), "site public: Domain.CertificateArn arn:aws:acm:eu-west-1:123456789012:certificate/1 is in eu-west-1, " +
			"but CloudFront requires a certificate in us-east-1"},
		"a certificate that is a role": {www(func(d *sparta.SiteDomain) {
			d.CertificateArn = "arn:aws:iam::123456789012:role/a"
		}), `site public: Domain.CertificateArn "arn:aws:iam::123456789012:role/a" is not the ARN of an ACM`},
		"a zone that is a number": {
			www(func(d *sparta.SiteDomain) { d.HostedZoneID = 5 }),
			"site public: Domain.HostedZoneID 5 is invalid: use an ID or a CloudFormation intrinsic, or leave it out",
		},
		"a domain of a bucket": {func(s *sparta.S3Site) {
			s.WebsiteHosting = true
			www(func(*sparta.SiteDomain) {})(s)
		}, "site public: Domain requires CloudFront: clear WebsiteHosting or Domain"},
		"a zone without an ID": {
			www(func(d *sparta.SiteDomain) { d.HostedZoneID = "" }),
			`site public: Domain.HostedZoneID "" is invalid: use an ID or a CloudFormation intrinsic, or leave it out`,
		},
		"user data that is a function": {
			func(s *sparta.S3Site) { s.UserManifestData = map[string]any{"f": func() {}} },
			"site public: UserManifestData cannot be written as JSON: json: unsupported type: func(): use text,",
		},
		"user data that is not a number": {
			func(s *sparta.S3Site) { s.UserManifestData = map[string]any{"f": math.NaN()} },
			"site public: UserManifestData cannot be written as JSON: json: unsupported value: NaN: use text,",
		},
		"user data with a secret": {
			func(s *sparta.S3Site) {
				s.UserManifestData = map[string]any{"a": []any{
					cloudformation.Sub("key {{resolve:secretsmanager:shop:SecretString:key}}"),
				}}
			},
			"site public: UserManifestData has a reference to a secret ({{resolve:secretsmanager:), but everybody " +
				"can read MANIFEST.json: remove it",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			described := &sparta.S3Site{Dir: "public"}
			test.change(described)
			err := Check(described)
			if (err == nil) != (test.want == "") || err != nil && !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("one mistake has several errors:\n%v", err)
			}
		})
	}
	if err := Check(nil); err != nil {
		t.Errorf("no site: %v", err)
	}
}

func TestAManifestMustNotHaveSecretParameters(t *testing.T) {
	for name, value := range map[string]any{
		"a reference": cloudformation.Ref("Password"), "text": cloudformation.Sub("key ${Password}"),
	} {
		for _, secret := range []bool{false, true} {
			template := cloudformation.NewTemplate("")
			template.Parameters["Password"] = cloudformation.Parameter{Type: "String", NoEcho: secret}
			described := &sparta.S3Site{
				Dir: "public", UserManifestData: map[string]any{"a": []any{map[string]any{"b": value}}},
			}
			err := AddTo(template, described, nil, Stack{Name: "Hello"})
			const want = "site public: UserManifestData refers to parameter Password, which is NoEcho, but everybody"
			if (err != nil) != secret || err != nil && !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s, secret %t: error %v", name, secret, err)
			}
		}
	}
}

func TestRegionsWithoutCloudFrontRequireWebsiteHosting(t *testing.T) {
	for region, works := range map[string]bool{
		"": true, "eu-west-1": true, "cn-north-1": false, "us-gov-west-1": false,
	} {
		for _, hosting := range []bool{false, true} {
			described := &sparta.S3Site{Dir: "public", WebsiteHosting: hosting}
			template := cloudformation.NewTemplate("")
			err := AddTo(template, described, nil, Stack{Name: "Hello", Region: region})
			if (err == nil) != (works || hosting) {
				t.Errorf("region %q, hosting %t: error %v", region, hosting, err)
			}
		}
	}
}
