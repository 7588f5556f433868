import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";

import { client, unwrap } from "./client";
import type { Permission, Role, Site } from "./contract";

export interface PermissionGroup {
  module: string;
  permissions: Permission[];
}

/** Permissions by the module their names begin with (`tenancy:person:read` → `tenancy`), in the server's order. */
export function groupByModule(permissions: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const module = permission.name.split(":")[0] ?? "";
    groups.set(module, [...(groups.get(module) ?? []), permission]);
  }
  return [...groups].map(([module, members]) => ({ module, permissions: members }));
}

/** Every right there is. */
export function usePermissionsQuery() {
  return useQuery({
    queryKey: ["permissions"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/permissions", { signal })),
    staleTime: Infinity,
  });
}

export function usePermissionGroups(): PermissionGroup[] | undefined {
  const { data } = usePermissionsQuery();
  return useMemo(() => data && groupByModule(data), [data]);
}

const MODULES = ["trace", "tenancy", "compliance", "analytics", "capture", "coding", "production", "quality", "logistics", "recall", "portal", "designer", "integration", "fields"] as const;

export function moduleText(t: TFunction, module: string): string {
  const known = MODULES.find((name) => name === module);
  return known ? t(`roles.module.${known}`) : module;
}

export function useRolesQuery(enabled = true) {
  return useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/roles", { signal })), enabled });
}

export function roleNames(roles: readonly Role[]): Map<number, Role> {
  return new Map(roles.map((role) => [role.id, role]));
}

export function useSitesQuery(enabled = true) {
  return useQuery({ queryKey: ["sites"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/sites", { signal })), enabled });
}

export function siteNames(sites: readonly Site[]): Map<number, Site> {
  return new Map(sites.map((site) => [site.id, site]));
}
