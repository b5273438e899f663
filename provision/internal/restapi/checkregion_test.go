package restapi

import (
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestAPIsThatARegionDoesNotHave(t *testing.T) {
	const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1"
	for name, test := range map[string]struct {
		region, endpoint string
		domain           *sparta.APIDomain
		want             string
	}{
		"a region with everything": {"eu-west-1", "EDGE", nil, ""},
		"a region that is not known": {
			"", "REGIONAL", &sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate}, "",
		},
		"an edge in China": {
			"cn-north-1", "EDGE", nil, "API Shop: region cn-north-1 has no EDGE endpoints, which are the default: " +
				"set EndpointConfiguration.Types to REGIONAL",
		},
		"a domain at the edge in GovCloud": {
			"us-gov-west-1", "REGIONAL",
			&sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate, EndpointType: "EDGE"},
			"API Shop: region us-gov-west-1 has no EDGE endpoints: set Domain.EndpointType to REGIONAL",
		},
		"a certificate of another region": {
			"eu-west-1", "REGIONAL", &sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate},
			"API Shop: Domain.CertificateArn " + certificate + " is in us-east-1, but a REGIONAL endpoint requires a " +
				"certificate in its own region, eu-west-1: request one there",
		},
		"a certificate of the region": {
			"us-east-1", "REGIONAL", &sparta.APIDomain{Name: "a.example.com", CertificateArn: certificate}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			api, _ := testAPI(t)
			api.EndpointConfiguration = &sparta.EndpointConfiguration{Types: []string{test.endpoint}}
			api.Domain = test.domain
			if err := Check(api, []string{"hello"}); err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := checkRegion(api, test.region); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("error is %q\n    want %q", got, test.want)
			}
		})
	}
}
