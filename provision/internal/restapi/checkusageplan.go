package restapi

import "github.com/go-sparta/sparta/sparta"

func (c *checker) checkUsagePlans() {
	plans, keys := map[string]bool{}, map[string]*sparta.APIKey{}
	if len(c.api.UsagePlans) > 0 && c.api.Stage == nil {
		c.reportf("UsagePlans limit the use of a stage, which the API does not have: set Stage")
	}
	for i, plan := range c.api.UsagePlans {
		if plan == nil || plan.Name == "" {
			c.reportf("usage plan %d has no name: set Name", i+1)
			continue
		}
		where := "usage plan " + plan.Name + ": "
		if plans[plan.Name] {
			c.reportf("%sthere are two of this name: rename one", where)
		}
		plans[plan.Name] = true
		c.checkThrottling(where, plan.ThrottlingRateLimit, plan.ThrottlingBurstLimit)
		if quota := plan.Quota; quota != nil {
			if quota.Limit <= 0 {
				c.reportf("%sQuota.Limit %d is not positive: use a number of requests, or no Quota", where, quota.Limit)
			}
			if quota.Offset < 0 || quota.Offset > quota.Limit {
				c.reportf("%sQuota.Offset %d is out of range: use 0 to the limit, %d", where, quota.Offset, quota.Limit)
			}
			if quota.Period == "" {
				c.reportf("%sQuota.Period is missing: use one of DAY, WEEK, MONTH", where)
			}
			c.oneOf(where, "Quota.Period", quota.Period, "DAY", "WEEK", "MONTH")
		}
		own := map[string]bool{}
		for n, key := range plan.APIKeys {
			if key == nil || key.Name == "" {
				c.reportf("%sAPI key %d has no name: set Name", where, n+1)
				continue
			}
			if other := keys[key.Name]; own[key.Name] || other != nil && *other != *key {
				c.reportf("%sthere are two different API keys named %s: rename one", where, key.Name)
			}
			keys[key.Name], own[key.Name] = key, true
		}
	}
}
