package cloudfront

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
)

// Associations lists the functions that distributions run: ARNs of versions.
func (c Client) Associations(ctx context.Context) ([]string, error) {
	var arns []string
	err := c.Call(ctx, "cloudfront:ListDistributions", func(ctx context.Context) error {
		arns = nil
		for marker, more := "", true; more; {
			page, err := c.list(ctx, marker)
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

// distributions is a page of CloudFront's answer.
type distributions struct {
	XMLName     xml.Name `xml:"DistributionList"`
	IsTruncated bool
	NextMarker  string
	Items       []struct {
		DefaultCacheBehavior Behavior
		CacheBehaviors       []Behavior `xml:"CacheBehaviors>Items>CacheBehavior"`
	} `xml:"Items>DistributionSummary"`
}

func (d distributions) arns() []string {
	var arns []string
	for _, item := range d.Items {
		for _, behavior := range append(item.CacheBehaviors, item.DefaultCacheBehavior) {
			for _, version := range behavior.Versions {
				arns = append(arns, version.ARN)
			}
		}
	}
	return arns
}

func (c Client) list(ctx context.Context, marker string) (page distributions, err error) {
	query := ""
	if marker != "" {
		query = "?" + url.Values{"Marker": {marker}}.Encode()
	}
	text, err := c.send(ctx, http.MethodGet, "/distribution"+query, nil)
	if err != nil {
		return page, err
	}
	return page, xml.Unmarshal(text, &page)
}
