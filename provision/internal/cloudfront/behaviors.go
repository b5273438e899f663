package cloudfront

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
)

// Behavior is a cache behavior of a distribution, with the functions that it runs.
type Behavior struct {
	PathPattern string // empty for the default behavior
	Versions    []struct {
		EventType string
		ARN       string `xml:"LambdaFunctionARN"`
	} `xml:"LambdaFunctionAssociations>Items>LambdaFunctionAssociation"`
	Functions []struct { // CloudFront Functions
		EventType string
		ARN       string `xml:"FunctionARN"`
	} `xml:"FunctionAssociations>Items>FunctionAssociation"`
}

// Behaviors lists the cache behaviors of a distribution, the default one first.
func (c Client) Behaviors(ctx context.Context, distribution string) (behaviors []Behavior, err error) {
	err = c.Call(ctx, "cloudfront:GetDistributionConfig", func(ctx context.Context) error {
		text, err := c.send(ctx, http.MethodGet, "/distribution/"+url.PathEscape(distribution)+"/config", nil)
		if err != nil {
			return err
		}
		var configuration struct {
			XMLName              xml.Name `xml:"DistributionConfig"`
			DefaultCacheBehavior Behavior
			CacheBehaviors       []Behavior `xml:"CacheBehaviors>Items>CacheBehavior"`
		}
		err = xml.Unmarshal(text, &configuration)
		behaviors = append([]Behavior{configuration.DefaultCacheBehavior}, configuration.CacheBehaviors...)
		return err
	})
	return behaviors, err
}
