package versions

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// CloudFront lists what CloudFront's distributions refer to. It makes the request itself: for this one, the AWS SDK's
// package would be a dependency of every user's module.
func CloudFront(caller connection.Caller, cfg aws.Config) Distributions {
	return func(ctx context.Context) ([]string, error) {
		var arns []string
		err := caller.Call(ctx, "cloudfront:ListDistributions", func(ctx context.Context) error {
			arns = nil
			for marker, more := "", true; more; {
				page, err := listDistributions(ctx, cfg, marker)
				if err != nil {
					return err
				}
				arns = append(arns, page.arns()...)
				marker, more = page.NextMarker, page.IsTruncated && page.NextMarker != ""
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("list the distributions that may run functions: %w", err)
		}
		return arns, nil
	}
}

// distributions is a page of CloudFront's answer.
type distributions struct {
	XMLName     xml.Name `xml:"DistributionList"`
	IsTruncated bool
	NextMarker  string
	Items       []struct {
		DefaultCacheBehavior behavior
		CacheBehaviors       []behavior `xml:"CacheBehaviors>Items>CacheBehavior"`
	} `xml:"Items>DistributionSummary"`
}

type behavior struct {
	ARNs []string `xml:"LambdaFunctionAssociations>Items>LambdaFunctionAssociation>LambdaFunctionARN"`
}

func (d distributions) arns() []string {
	var arns []string
	for _, item := range d.Items {
		arns = append(arns, item.DefaultCacheBehavior.ARNs...)
		for _, behavior := range item.CacheBehaviors {
			arns = append(arns, behavior.ARNs...)
		}
	}
	return arns
}

// CloudFront is signed for and, by default, reached in this region.
const (
	cloudFrontRegion   = "us-east-1"
	cloudFrontEndpoint = "https://cloudfront.amazonaws.com"
)

// maxAnswer is far above what a page of 100 distributions has, in bytes.
const maxAnswer = 32 << 20

func listDistributions(ctx context.Context, cfg aws.Config, marker string) (page distributions, err error) {
	endpoint := connection.EndpointOf(cfg, "cloudfront", cloudFrontEndpoint)
	address := endpoint + "/2020-05-31/distribution?" + url.Values{"Marker": {marker}}.Encode()
	if marker == "" {
		address = endpoint + "/2020-05-31/distribution"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return page, err
	}
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return page, err
	}
	nothing := sha256.Sum256(nil)
	err = signer.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(nothing[:]),
		"cloudfront", cloudFrontRegion, time.Now())
	if err != nil {
		return page, err
	}
	answer, err := cfg.HTTPClient.Do(request)
	if err != nil {
		return page, &smithyhttp.RequestSendError{Err: err}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return page, err
	}
	if answer.StatusCode != http.StatusOK {
		return page, refused(answer, text)
	}
	return page, xml.Unmarshal(text, &page)
}

// refused is the error in an answer, as the AWS SDK would return it.
func refused(answer *http.Response, text []byte) error {
	var document struct {
		Code    string `xml:"Error>Code"`
		Message string `xml:"Error>Message"`
	}
	_ = xml.Unmarshal(text, &document) // the status says enough
	return &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: answer},
		Err:      &smithy.GenericAPIError{Code: document.Code, Message: document.Message},
	}
}
