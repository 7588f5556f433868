export default {
  value: "无权查看",
  note: "无权查看：{{groups}}。这些内容在各页上留空，空白不代表没有。",
  group: { people: "人员", parties: "供应商与客户", measured: "测量值" },
} as const;
